"""Open data: every name of it, what a row says, and that it is one moment's state however slowly it is taken."""

import csv
import hashlib
import io
import json
from dataclasses import replace

import pytest

from factcheck.published import press
from factcheck.published.models import Edition
from factcheck.published.outward import WORDS, public_digest
from tests.published.documents import (
    FALSE,
    HOGG,
    INZ_REPLY,
    MIXED,
    VISA,
    at,
    hogg_document,
    notice,
    numbered_document,
    publish,
    visa_document,
)

from .addresses import publish_the_example

pytestmark = pytest.mark.django_db
SITE = "http://127.0.0.1:8000"
PAGE = f"{SITE}/claims/{VISA.slug}/"
ALL = ["/data/claims.csv", "/data/claims.jsonl", "/data/corrections.csv", "/feeds/claimreview.json"]
# A name that is not here does not leave the house: adding one is a decision about what the world is told.
CLAIMS = (
    "reviewer_name claim_text review_date review_url review_rating claim_author_name claim_date slug title language retracted "
    "edition edition_url first_published_at published_at corrections rating_code rating_value rating_worst rating_best "
    "finding evidence_as_of replies claim_type claim_type_label claim_author_role claim_author_note claim_where claim_url "
    "story story_url topics sha256 licence"
)
CORRECTIONS = (
    "published_at kind kind_label claim_title claim_url edition edition_url was_wrong says_now why rating_before rating_after "
    "retracted language licence"
)
LINE = "document edition edition_url first_published_at licence notices published_at retracted sha256 slug title url"
FEED = "@context @type dataFeedElement dateModified license name publisher url"


def content(client, address):
    response = client.get(address)
    assert response.status_code == 200 and response.streaming
    return b"".join(response).decode()


def table(client, name):
    text = content(client, f"/data/{name}.csv")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True))


def lines(client):
    return [json.loads(line) for line in content(client, "/data/claims.jsonl").splitlines()]


def data_feed(client):
    return json.loads(content(client, "/feeds/claimreview.json"))


def retract(ref=VISA.claim_ref):
    press.print_retraction(
        ref, notice=notice("retraction", why="It rested on a forgery."), printed_by="chief", at=at(20)
    )


def test_every_name_that_leaves_the_house_is_here(client, settings):
    settings.LICENCE_NAME, settings.LICENCE_URL = "CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"
    publish_the_example()
    assert list(table(client, "claims")[0]) == CLAIMS.split()
    assert list(table(client, "corrections")[0]) == CORRECTIONS.split()
    assert [sorted(line) for line in lines(client)] == [LINE.split()] * 2
    assert sorted(data_feed(client)) == FEED.split()


@pytest.mark.parametrize("name", ["claims", "corrections"])
def test_a_table_of_nothing_has_its_head(client, name):
    text = content(client, f"/data/{name}.csv")
    assert text.startswith("\ufeff") and text.count("\r\n") == 1
    assert table(client, name) == []


def test_a_claim_is_a_row_with_what_its_page_says(client, settings):
    settings.LICENCE_NAME, settings.LICENCE_URL = "CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"
    publish(visa_document(FALSE))
    publish(visa_document(MIXED), notice=notice("correction_verdict"), at=at(12))
    (row,) = table(client, "claims")
    assert row == {
        "reviewer_name": "The Record",
        "claim_text": VISA.wording,
        "review_date": "2022-09-09",
        "review_url": PAGE,
        "review_rating": "Mixed",
        "claim_author_name": "Jo",
        "claim_date": "2022-09",
        "slug": VISA.slug,
        "title": VISA.short_form,
        "language": "en",
        "retracted": "false",
        "edition": "2",
        "edition_url": f"{PAGE}editions/2/",
        "first_published_at": "2022-09-08T21:00:00Z",
        "published_at": "2022-09-11T21:00:00Z",
        "corrections": "1",
        "rating_code": "mixed",
        "rating_value": "3",
        "rating_worst": "1",
        "rating_best": "5",
        "finding": "No record or decision in hand shows it, and none in hand rules it out.",
        "evidence_as_of": "2022-09-09",
        "replies": "Immigration New Zealand: "
        + f"{INZ_REPLY.state_label} · {VISA.replies[1].party}: {VISA.replies[1].state_label}",
        "claim_type": "allegation",
        "claim_type_label": "Allegation of wrongdoing",
        "claim_author_role": "a Uyghur national in New Zealand",
        "claim_author_note": "Name has been changed to protect the speaker from reprisal",
        "claim_where": "to RNZ",
        "claim_url": "",
        "story": "Uyghurs in New Zealand on the UN report",
        "story_url": "",
        "topics": "immigration",
        "sha256": public_digest(Edition.objects.get(number=2)),
        "licence": "https://creativecommons.org/licenses/by/4.0/",
    }


def test_a_claim_without_speaker_story_or_place_on_a_scale_has_empty_cells(client):
    publish(visa_document(speaker=None, story=None, topics=(), replies=()))
    (row,) = table(client, "claims")
    empty = (
        "claim_author_name claim_author_role claim_author_note story story_url topics replies rating_value rating_best"
    )
    assert {row[name] for name in empty.split()} == {""}
    assert row["review_rating"] == "Unproven"


def test_a_correction_is_a_row_and_a_minor_edit_is_none(client):
    publish(visa_document(FALSE))
    publish(visa_document(FALSE, why_chosen="A comma."), notice=notice("minor_edit"), at=at(11))
    publish(visa_document(MIXED), notice=notice("correction_verdict"), at=at(12))
    assert table(client, "corrections") == [
        {
            "published_at": "2022-09-11T21:00:00Z",
            "kind": "correction_verdict",
            "kind_label": "Correction of the verdict",
            "claim_title": VISA.short_form,
            "claim_url": PAGE,
            "edition": "3",
            "edition_url": f"{PAGE}editions/3/",
            "was_wrong": "It gave the wrong role.",
            "says_now": "It gives the right role.",
            "why": "A reader wrote.",
            "rating_before": "False",
            "rating_after": "Mixed",
            "retracted": "false",
            "language": "en",
            "licence": "",
        }
    ]


def test_of_a_retracted_claim_no_verdict_finding_or_answer_goes_out(client):
    publish(visa_document(FALSE))
    publish(visa_document(MIXED), notice=notice("correction_verdict"), at=at(12))
    publish(hogg_document(), at=at(13))
    before = content(client, "/data/claims.jsonl").splitlines()[0]
    retract()
    row, (line, other) = table(client, "claims")[0], lines(client)
    assert (row["retracted"], line["retracted"], other["retracted"]) == ("true", True, False)
    withdrawn = "review_rating rating_code rating_value finding evidence_as_of replies sha256"
    assert {row[name] for name in withdrawn.split()} == {""}
    assert "verdict" not in line["document"] and line["sha256"] is None
    for words in ("Mixed", "none in hand", "under no circumstances", "ohchr.org"):
        assert words in before
        assert words not in json.dumps(line) and words not in str(row)
    changed, ended = table(client, "corrections")
    assert [changed[name] for name in WORDS] == [""] * 5
    assert (changed["kind"], changed["edition"], changed["retracted"]) == ("correction_verdict", "2", "true")
    assert [ended["rating_before"], ended["rating_after"], ended["why"]] == ["", "", "It rested on a forgery."]
    assert [[told[name] for name in WORDS] for told in line["notices"][1:]] == [[""] * 5]
    assert line["notices"][0]["why"] == "It rested on a forgery."
    assert data_feed(client)["dataFeedElement"] == []


def test_a_line_is_what_the_api_says_of_the_claim(client, settings):
    settings.LICENCE_NAME, settings.LICENCE_URL = "CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"
    publish_the_example()
    retract()
    for line in lines(client):
        told = client.get(f"/api/v1/claims/{line['slug']}/").json()
        assert line == {name: told[name] for name in line}


def test_the_digest_is_that_of_the_document_beside_it(client):
    publish_the_example()
    for line, row in zip(lines(client), table(client, "claims"), strict=True):
        text = json.dumps(line["document"], sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        assert line["sha256"] == row["sha256"] == hashlib.sha256(text.encode()).hexdigest()


def test_the_newsrooms_own_names_for_things_stay_inside(client):
    publish_the_example()
    for address in ("/data/claims.csv", "/data/corrections.csv", "/data/claims.jsonl", "/feeds/claimreview.json"):
        text = content(client, address)
        assert not [secret for secret in (VISA.claim_ref, "f" * 64, "printed_by", "claim_ref") if secret in text]


def test_no_cell_is_a_formula_and_the_lines_have_the_words_as_they_are(client):
    hostile = '=HYPERLINK("http://x","y")'
    publish(visa_document(wording=hostile, short_form="a;＝1+1", speaker=replace(HOGG, name="@SUM(A1)", role="+1")))
    publish(visa_document(wording=hostile, short_form="-1"), notice=notice(why="\t=1"), at=at(12))
    (row,), (told,) = table(client, "claims"), table(client, "corrections")
    assert row["claim_text"] == f"'{hostile}"
    assert told["why"] == "'\t'=1" and told["claim_title"] == "'-1"
    assert lines(client)[0]["document"]["wording"] == hostile


def test_quotation_marks_lines_and_letters_of_every_script_come_back_as_they_were(client):
    words = 'He said: "x, y"\nand\r\nmore; ئۇيغۇر 维吾尔 Māori \u2028 \x85 end'
    publish(visa_document(wording=words))
    assert table(client, "claims")[0]["claim_text"] == words
    assert lines(client)[0]["document"]["wording"] == words


def test_rows_end_as_rfc_4180_has_it_and_text_is_always_quoted(client):
    publish()
    text = content(client, "/data/claims.csv").removeprefix("\ufeff")
    assert text.endswith("\r\n") and "\n" not in text.replace("\r\n", "")
    assert text.splitlines()[1].startswith('"The Record","The Chinese Communist Party')


def test_every_rated_claim_has_its_page_s_own_claim_review(client, settings):
    settings.LICENCE_NAME, settings.LICENCE_URL = "CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"
    publish_the_example()
    publish(numbered_document(7, rating=MIXED), at=at(11))
    told = data_feed(client)
    assert (told["@context"], told["@type"], told["license"]) == (
        "https://schema.org",
        "DataFeed",
        settings.LICENCE_URL,
    )
    reviews = [element["item"][0] for element in told["dataFeedElement"]]
    assert [review["url"] for review in reviews] == [PAGE, f"{SITE}/claims/claim-7/"]
    for review in reviews:
        page = client.get(review["url"].removeprefix(SITE)).content.decode()
        script = page.split('<script type="application/ld+json">')[1].split("</script>")[0]
        assert json.loads(script) == review
        assert review["sdLicense"] == settings.LICENCE_URL


def test_a_download_has_a_name_and_any_page_may_read_it(client):
    publish()
    answer = client.get("/data/claims.csv")
    assert answer["Content-Disposition"] == 'attachment; filename="claims.csv"'
    assert answer["Content-Type"] == "text/csv; charset=utf-8; header=present"
    assert answer["Access-Control-Allow-Origin"] == "*"


def test_the_page_names_every_column_and_every_download(client, settings):
    settings.LICENCE_NAME, settings.LICENCE_URL = "CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"
    text = client.get("/data/").content.decode()
    for name in {*CLAIMS.split(), *CORRECTIONS.split(), *LINE.split()}:
        assert f"<code>{name}</code>" in text
    for address in ALL:
        assert f'href="{address}"' in text
    assert '<a href="https://creativecommons.org/licenses/by/4.0/" rel="license">CC BY 4.0</a>' in text


def test_the_page_says_so_where_no_terms_are_set(client):
    assert "has not said under what terms" in client.get("/data/").content.decode()
