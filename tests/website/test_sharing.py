"""What goes with a link that is passed on: words that lead with the rating, and the picture of each edition (FD-6)."""

import hashlib
import io
import re
import subprocess
import sys
from dataclasses import replace

import pytest
from django.conf import settings
from PIL import Image

from factcheck.published import press, reading
from factcheck.website import picture, sharing
from tests.published.documents import FALSE, JO, at, notice, publish, visa_document

from .addresses import VISA, Page
from .test_look import RATINGS

pytestmark = pytest.mark.django_db
ADDRESS = f"/claims/{VISA}/"
TITLE = "The Chinese Communist Party kept Uyghurs from getting NZ visas"
SENTENCE = "The quick brown fox did not jump over the lazy dog. "
UYGHUR, CHINESE, ARABIC = "ئۇيغۇر", "维吾尔人得不到签证", "لم يحصلوا على تأشيرات"
CARD = picture.Card(
    token="unproven",
    shape="unproven",
    word="Unproven",
    stamp="",
    claim=TITLE,
    elsewhere="The claim is on the page, in its own script.",
    speaker="Claimed by Jo*",
    note="* Name has been changed",
    newsroom="The Record",
    host="checks.example.org",
    dated="9 September 2022",
)


def meta(client, address=ADDRESS):
    tags = Page(client.get(address)).all("meta")
    return {tag.get("property", tag.get("name")): tag.get("content") for tag in tags}


def retract():
    press.print_retraction(visa_document().claim_ref, notice=notice("retraction"), printed_by="editor", at=at(14))


def opened(png):
    image = Image.open(io.BytesIO(png))
    image.load()
    return image


# The head of the page


def test_the_title_leads_with_the_rating_and_never_with_the_bare_claim(client):
    publish(visa_document(FALSE))
    told = meta(client)
    assert told["og:title"] == told["twitter:title"] == f"False: {TITLE}"
    assert told["og:type"] == "article"
    assert told["og:url"] == f"http://127.0.0.1:8000{ADDRESS}"
    assert told["og:site_name"] == "The Record"
    assert told["twitter:card"] == "summary_large_image"
    assert told["og:description"] == told["twitter:description"]
    assert not [words for words in told.values() if words and words.startswith(TITLE)]


def test_a_pseudonym_goes_with_its_note(client):
    publish()
    assert meta(client)["og:description"].endswith(
        "Claimed by Jo (Name has been changed to protect the speaker from reprisal)."
    )
    assert "* Name has been changed to protect the speaker from reprisal" in meta(client)["og:image:alt"]


def test_the_times_are_those_of_the_first_and_of_this_edition(client):
    publish()
    publish(visa_document(why_chosen="It matters."), notice=notice(), at=at(12))
    told = meta(client)
    assert told["article:published_time"] == "2022-09-08T21:00:00+00:00"
    assert told["article:modified_time"] == "2022-09-11T21:00:00+00:00"


def test_a_retraction_is_the_first_word_on_every_edition(client):
    publish()
    retract()
    for address in (ADDRESS, f"{ADDRESS}editions/1/", f"{ADDRESS}editions/2/"):
        told = meta(client, address)
        assert told["og:title"] == f"Retracted: {TITLE}"
        assert told["og:image:alt"].startswith("Retracted. ")
        assert "none in hand rules it out" not in told["og:description"]


def test_an_earlier_edition_says_that_it_is_one(client):
    publish()
    publish(visa_document(FALSE), notice=notice("correction_verdict"), at=at(12))
    assert meta(client, f"{ADDRESS}editions/1/")["og:title"] == f"An earlier edition: Unproven: {TITLE}"
    assert meta(client)["og:title"] == f"False: {TITLE}"


def test_the_picture_changes_its_address_with_the_edition(client):
    publish()
    assert meta(client)["og:image"] == f"http://127.0.0.1:8000{ADDRESS}editions/1/share.png"
    publish(visa_document(FALSE), notice=notice("correction_verdict"), at=at(12))
    told = meta(client)
    assert told["og:image"] == told["twitter:image"] == f"http://127.0.0.1:8000{ADDRESS}editions/2/share.png"
    for name in ("False.", TITLE, "Claimed by Jo*", "Correction of the verdict, 12 September 2022", "The Record."):
        assert name in told["og:image:alt"]
    assert (told["og:image:width"], told["og:image:height"]) == ("1200", "630")


# The picture


def test_the_picture_is_a_png_of_1200_by_630_that_may_be_kept(client):
    publish()
    answer = client.get(f"{ADDRESS}editions/1/share.png")
    assert answer["Content-Type"] == "image/png"
    assert answer["Cache-Control"] == "public, max-age=60"
    image = opened(answer.content)
    assert (image.format, image.size) == ("PNG", (1200, 630))
    assert image.info.keys() <= {"transparency"}  # no text, no date, no program's name
    assert len(answer.content) < 100_000


def test_every_edition_has_a_picture_of_its_own(client):
    publish()
    publish(visa_document(FALSE), notice=notice("correction_verdict"), at=at(12))
    first, second = (client.get(f"{ADDRESS}editions/{n}/share.png").content for n in (1, 2))
    assert first != second


@pytest.mark.parametrize("number", [0, 2, 9**30])
def test_an_edition_that_is_not_there_has_no_picture(client, number):
    publish()
    assert client.get(f"{ADDRESS}editions/{number}/share.png").status_code == 404


def test_the_picture_is_drawn_from_the_printed_edition(client):
    publish()
    found = reading.read(VISA)
    card = sharing.card(found)
    assert (card.word, card.claim, card.speaker) == (
        "Unproven",
        TITLE,
        "Claimed by Jo*, a Uyghur national in New Zealand",
    )
    assert client.get(f"{ADDRESS}editions/1/share.png").content == picture.drawn(card)


def test_after_a_retraction_every_picture_says_so(client):
    publish()
    before = client.get(f"{ADDRESS}editions/1/share.png")
    retract()
    for number in (1, 2):
        card = sharing.card(reading.read(VISA, number))
        assert (card.word, card.token, card.shape) == ("Retracted", "retracted", "retracted")
        assert card.stamp == "Retraction, 14 September 2022"
    after = client.get(f"{ADDRESS}editions/1/share.png", headers={"If-None-Match": before["ETag"]})
    assert after.status_code == 200
    assert after.content != before.content


DRAW = "from factcheck.website import picture; from tests.website.test_sharing import CARD"
SAY = "import hashlib; print(hashlib.sha256(picture.drawn(CARD)).hexdigest())"


def test_the_same_texts_are_the_same_bytes_in_another_process():
    code = f"import django; django.setup(); {DRAW}; {SAY}"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=settings.BASE_DIR,
        env={"DJANGO_SETTINGS_MODULE": "factcheck.settings", "PYTHONHASHSEED": "7"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == hashlib.sha256(picture.drawn(CARD)).hexdigest()


@pytest.mark.parametrize("text", ["Te Pāti Māori, tā rātou kōrero", "Вопрос", "Ερώτηση", "Câu hỏi", "№ 5 – “so” …"])
def test_macrons_and_the_scripts_of_the_type_are_drawn(text):
    assert picture.can_be_drawn(text)
    assert picture.drawn(replace(CARD, claim=text)) != picture.drawn(replace(CARD, claim=CARD.elsewhere))


def test_a_macron_is_drawn_however_it_is_written():
    assert picture.drawn(replace(CARD, claim="Ma\u0304ori")) == picture.drawn(replace(CARD, claim="M\u0101ori"))
    assert picture.drawn(replace(CARD, claim="Maori")) != picture.drawn(replace(CARD, claim="M\u0101ori"))


@pytest.mark.parametrize("text", [UYGHUR, CHINESE, ARABIC, "हिन्दी", "ไทย", "𝕏", "🙂", f"Visas for {CHINESE}"])
def test_a_claim_in_another_script_is_left_out_as_a_whole(text):
    assert not picture.can_be_drawn(text)
    assert picture.drawn(replace(CARD, claim=text)) == picture.drawn(replace(CARD, claim=CARD.elsewhere))


def test_a_newsrooms_name_in_another_script_is_its_host():
    assert picture.drawn(replace(CARD, newsroom=CHINESE)) == picture.drawn(replace(CARD, newsroom=CARD.host))


@pytest.mark.parametrize("changed", [{"claim": "W" * 4000}, {"claim": "so " * 4000}, {"word": "W" * 100}])
def test_texts_of_any_length_stay_within_the_picture(changed):
    image = opened(picture.drawn(replace(CARD, **changed))).convert("RGB")
    paper = image.getpixel((3, 300))
    edges = [image.crop(box) for box in ((0, 20, 70, 630), (1132, 20, 1200, 630))]
    assert all(edge.getcolors() == [(edge.width * edge.height, paper)] for edge in edges)
    assert image.crop((72, 526, 1128, 537)).getcolors() == [(1056 * 11, paper)]


def test_a_claim_that_is_cut_says_so_and_is_cut_at_a_word():
    size, lines = picture._set(SENTENCE * 20)
    assert lines[-1].endswith(" …")
    assert lines[-1].removesuffix(" …").split()[-1] in SENTENCE.split()
    assert picture._set(TITLE)[1] == ["The Chinese Communist Party kept", "Uyghurs from getting NZ visas"]


@pytest.mark.parametrize("token", RATINGS)
def test_every_rating_has_its_colour_and_its_shape(token):
    ground, shaped = (replace(CARD, token=token, shape=shape, claim="", word="") for shape in ("", token))
    assert (
        picture._colour(token) == re.search(rf"\.r-{token} {{ --r: light-dark\((#\w+),", picture.TOKENS.read_text())[1]
    )
    corner = (72, 60, 170, 170)
    assert opened(picture.drawn(ground)).convert("RGB").crop(corner).getcolors(9999) != (
        opened(picture.drawn(shaped)).convert("RGB").crop(corner).getcolors(9999)
    )


def test_a_rating_that_the_look_does_not_know_is_ink_without_a_shape():
    assert picture.drawn(replace(CARD, token="new", shape="../new"))
    assert picture._colour("new") == picture._colour("ink")


def test_an_unknown_speaker_and_a_speaker_in_another_script(client):
    publish(visa_document(speaker=None))
    assert sharing.card(reading.read(VISA)).speaker == ""
    without = replace(CARD, speaker="", note="")
    assert picture.drawn(replace(CARD, speaker=f"Claimed by {UYGHUR}")) == picture.drawn(without)
    assert JO.name not in meta(client)["og:image:alt"]
