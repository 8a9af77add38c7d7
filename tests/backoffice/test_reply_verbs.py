"""Who may do what to a right of reply, through its pages: one table, as for the verbs on a claim."""

import pytest

from factcheck.backoffice.reply_verbs import FILE_VERBS

from .steps import send, text_of, written
from .test_reply_pages import ATTEMPT, FORM, SAID, url_of

AUTHORS = {"journalist", "journalist-2", "editor", "senior-editor"}
EDITORS = {"editor", "senior-editor"}


# verb -> (the file it is for, what the form wants, who may)
TABLE = {
    "draft": ("opened", {"text": "That it kept no figures."}, AUTHORS),
    "deadline": ("opened", {"deadline_at": "2199-01-01T12:00"}, AUTHORS),
    "put": ("ready", {**ATTEMPT}, AUTHORS),
    "attempt": ("asked", {**ATTEMPT, "channel": "phone"}, AUTHORS),
    "extend": ("asked", {"asked_by_role": "adviser", "granted": "0", "reason": "They had a week."}, AUTHORS),
    "response": ("asked", SAID, AUTHORS),
    "excerpt": ("answered", {"excerpt": "Absolutely under no circumstances"}, AUTHORS),
    "line": ("answered", {"line": "Immigration New Zealand told us:"}, AUTHORS),
    "immaterial": ("reworded", {"reason": "A comma."}, EDITORS),
    "waive": ("opened", {"reason": "urgent", "note": "It could not wait."}, {"senior-editor"}),
    "not-required": ("opened", {"because": "Not accused after all."}, EDITORS),
    "require": ("waived", {}, EDITORS),
}
# each has a test of its own: below, and in test_late_pages
ELSEWHERE = {"ready", "fair", "no-response", "undeliverable", "carry-over"}


def test_table_names_every_verb_on_a_file():
    assert set(TABLE) | ELSEWHERE == {verb.code for verb in FILE_VERBS}


@pytest.mark.parametrize("code", TABLE)
def test_verb_is_open_to_those_in_the_table_and_to_nobody_else(people, at_desk, request, code):
    name, given, allowed = TABLE[code]
    file = request.getfixturevalue(name)
    url, before = url_of(file, code), written()
    for who, person in people.items():
        client = at_desk(person)
        asked_for = client.get(url)
        assert asked_for.status_code == (200 if who in allowed else 403), (who, text_of(asked_for))
        offered = url in client.get(url_of(file)).content.decode()
        assert offered is (who in allowed), who
        if who not in allowed:
            assert client.post(url, given).status_code == 403
    assert written() == before
    done = send(at_desk(people[max(allowed)]), url, FORM, **given)
    assert (done.status_code, done.get("Location")) == (302, url_of(file)), text_of(done)
    assert written()[0] > before[0]
