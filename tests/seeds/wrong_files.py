"""A story that loads, and everything that can be wrong with one: (what stands there, what is written instead, what is said)."""

STORY = """
[story]
by = "journalist"
slug = "buses"
headline = "Buses"

[[speaker]]
slug = "council"
name = "Council"
kind = "government"

[[topic]]
slug = "transport"
name = "Transport"

[[claim]]
key = "late"
by = "journalist"
wording = "No bus was late in May."
type = "statistic"
speaker = "council"
topics = ["transport"]
said_on = 2024-06-01
said_precision = "month"

[[claim.step]]
do = "start"
by = "journalist"
why_chosen = "Everybody takes the bus."

[[claim.step]]
do = "evidence"
by = "journalist"
title = "Timetable"

[[claim.step]]
do = "verdict"
by = "journalist"
rating = "false"
evidence_as_of = 2024-07-01
"""

DAY = "must be a day, such as 2022-08-31."
NOBODY = "and there is none of that name."
EVIDENCE = 'do = "evidence"\nby = "journalist"\ntitle = "Timetable"'
AGAIN = '[[claim]]\nkey = "late"\nby = "journalist"\nwording = "W"\ntype = "event"\n'

THE_FILE = [
    ("[story]", "[tale]", "1.toml: there is no field “tale” here."),
    ("[story]", "[[story]]", "1.toml: the field “story” must be a table."),
    ("[[topic]]", "[topic]", "1.toml: the field “topic” must be tables under a heading in double brackets."),
    (
        "[story]",
        "[story",
        "1.toml is not TOML: Expected ']' at the end of a table declaration (at line 2, column 7).",
    ),
]
AROUND = [
    ('slug = "buses"\n', "", "1.toml, story: the field “slug” is missing."),
    ('[story]\nby = "journalist"', "[story]", "1.toml, story: the field “by” is missing."),
    ("headline", "headlime", "1.toml, story: there is no field “headlime” here. Is “headline” meant?"),
    ('slug = "council"\n', "", "1.toml, speaker 1: the field “slug” is missing."),
    ('kind = "gov', 'rank = "gov', "1.toml, speaker 1: there is no field “rank” here."),
    ('"government"', '"robot"', "1.toml, speaker 1: the field “kind”: Value 'robot' is not a valid choice."),
    (
        'name = "Council"\nkind = "government"',
        'pseudonym = "Jo"',
        f"1.toml, speaker 1: the field “pseudonym” names “Jo”, {NOBODY}",
    ),
    (
        "[[topic]]",
        '[[speaker]]\nslug = "council"\nname = "C"\n[[topic]]',
        "1.toml, speaker: the field “slug” is “council” more than once.",
    ),
    ('name = "Transport"\n', "", "1.toml, topic 1: the field “name” is missing."),
]
A_CLAIM = [
    ('wording = "No bus was late in May."\n', "", "1.toml, claim 1: the field “wording” is missing."),
    ('"No bus was late in May."', '""', "1.toml, claim “late”: the field “wording”: This field cannot be blank."),
    ("said_on", "said_in", "1.toml, claim 1: there is no field “said_in” here. Is “said_on” meant?"),
    ("2024-06-01", '"2024-06-01"', f"1.toml, claim 1: the field “said_on” {DAY}"),
    ("2024-06-01", "2024-06-01T00:00:00Z", f"1.toml, claim 1: the field “said_on” {DAY}"),
    (
        "2024-06-01",
        "2999-06-01",
        "1.toml, claim “late”: the field “said_on”: This day is still to come. Check the year.",
    ),
    ('["transport"]', '"transport"', "1.toml, claim 1: the field “topics” must be a list of texts."),
    ('["transport"]', "[1]", "1.toml, claim 1: the field “topics” must be a list of texts."),
    ('["transport"]', '["traffic"]', f"1.toml, claim “late”: the field “topics” names “traffic”, {NOBODY}"),
    ('= "council"\nt', '= "mayor"\nt', f"1.toml, claim “late”: the field “speaker” names “mayor”, {NOBODY}"),
    ('"statistic"', '"rumour"', "1.toml, claim “late”: the field “type”: Value 'rumour' is not a valid choice."),
    ("said_on", "priority = true\nsaid_on", "1.toml, claim 1: the field “priority” must be a whole number."),
    ("said_on", 'status = "published"\nsaid_on', "1.toml, claim 1: there is no field “status” here."),
    ("said_on", 'ref = "x"\nsaid_on', "1.toml, claim 1: there is no field “ref” here."),
    (
        '[[claim.step]]\ndo = "start"',
        f'{AGAIN}[[claim.step]]\ndo = "start"',
        "1.toml, claim: the field “key” is “late” more than once.",
    ),
]
STEP = "1.toml, claim “late”, step 2"
A_STEP = [
    ('do = "start"\n', "", "1.toml, claim “late”, step 1: the field “do” is missing."),
    ('by = "journalist"\ntitle', "title", f"{STEP}: the field “by” is missing."),
    ('by = "journalist"\ntitle', 'by = "tama"\ntitle', f"{STEP} (evidence): the field “by” names “tama”, {NOBODY}"),
    ('title = "Timetable"', "", f"{STEP} (evidence): the field “title” is missing."),
    ('title = "T', 'colour = "red"\ntitle = "T', f"{STEP} (evidence): there is no field “colour” here."),
    ('title = "T', 'primary = "no"\ntitle = "T', f"{STEP} (evidence): the field “primary” must be true or false."),
    (
        'title = "T',
        'url = "javascript:alert(1)"\ntitle = "T',
        f"{STEP} (evidence): the field “url”: Give a complete web address that begins with http:// or https://.",
    ),
    (
        'rating = "false"',
        'rating = "fib"',
        f"1.toml, claim “late”, step 3 (verdict): the field “rating” names “fib”, {NOBODY}",
    ),
    (
        EVIDENCE,
        EVIDENCE.replace("journalist", "legal"),
        f"{STEP} (evidence): Only these roles may do this: Journalist, Editor, Senior editor.",
    ),
    (
        EVIDENCE,
        'do = "publish"\nby = "editor"',
        f"{STEP} (publish): “Publish” is not possible for a claim that is “Researching”.",
    ),
    (
        EVIDENCE,
        'do = "find-fair"\nby = "editor"\nparty = "council"',
        f"{STEP} (find-fair): the field “party” names “council”, {NOBODY}",
    ),
    (
        EVIDENCE,
        'do = "submit"\nby = "journalist"\n[[claim.step]]\ndo = "sign-off"\nby = "journalist"\ncapacity = "editor"',
        "1.toml, claim “late”, step 3 (sign-off): Only these roles may do this: Editor, Senior editor.",
    ),
]
WRONG = [*THE_FILE, *AROUND, *A_CLAIM, *A_STEP]
