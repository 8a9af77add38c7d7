"""A copy for handing out says nothing of who made the file, where, when and with what; what it shows is still there."""

import io
import zipfile

import pikepdf
import pytest
from PIL import Image

from factcheck.evidence import cleaning
from factcheck.evidence.cleaning import Unclean
from factcheck.evidence.kinds import true_type
from factcheck.evidence.stripping import pixels_of_png, without_segments

from . import samples

TELLING = [
    ("a.jpg", samples.jpeg),
    ("a.png", samples.png),
    ("a.gif", samples.gif),
    ("a.webp", samples.webp),
    ("a.tiff", samples.tiff),
    ("a.pdf", samples.pdf),
    ("a.docx", samples.docx),
    ("a.xlsx", samples.xlsx),
    ("a.odt", samples.odt),
]


def cleaned(data, name):
    return cleaning.clean(io.BytesIO(data), true_type(io.BytesIO(data), name))


@pytest.mark.parametrize(("name", "make"), TELLING, ids=[name for name, _ in TELLING])
def test_copy_says_nothing_of_its_maker_and_is_of_the_same_type(name, make):
    data = make()
    assert samples.traces(data)  # there was something that could leak
    copy = cleaned(data, name)
    assert samples.traces(copy) == []
    assert true_type(io.BytesIO(copy), name) == true_type(io.BytesIO(data), name)


@pytest.mark.parametrize(("name", "make"), TELLING, ids=[name for name, _ in TELLING])
def test_a_copy_of_a_copy_can_be_made(name, make):
    once = cleaned(make(), name)
    assert samples.traces(cleaned(once, name)) == []


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.webp", "a.tiff", "a.gif"])
def test_picture_has_no_exif_and_keeps_its_pixels(name):
    data = dict(TELLING)[name]()
    with Image.open(io.BytesIO(cleaned(data, name))) as copy:
        assert not dict(copy.getexif().get_ifd(0x8825))
        assert not {"exif", "xmp", "comment", "photoshop", "Author", "XML:com.adobe.xmp"} & set(copy.info)
        assert sorted(copy.size) == [48, 64]
        shades = copy.convert("L").getextrema()
    assert shades[1] - shades[0] > 200


def test_photograph_is_turned_the_way_its_exif_said():
    with Image.open(io.BytesIO(cleaned(samples.jpeg(orientation=6), "a.jpg"))) as copy:
        assert copy.size == (48, 64)
    with Image.open(io.BytesIO(cleaned(samples.jpeg(orientation=1), "a.jpg"))) as copy:
        assert copy.size == (64, 48)


def test_moving_picture_keeps_its_frames():
    with Image.open(io.BytesIO(cleaned(samples.gif(), "a.gif"))) as copy:
        assert (copy.n_frames, copy.info["duration"]) == (2, 100)


def test_pdf_keeps_its_page_its_picture_and_what_a_note_says():
    with pikepdf.open(io.BytesIO(cleaned(samples.pdf(), "a.pdf"))) as copy:
        page = copy.pages[0]
        assert str(page.Annots[0].Contents) == "Look here."
        photo = page.Resources.XObject.Im0.read_raw_bytes()
        assert not copy.attachments
    with Image.open(io.BytesIO(photo)) as picture:
        assert picture.size == (64, 48)
        picture.load()


def test_office_file_keeps_its_words_and_pictures_and_no_part_that_is_linked_is_missing():
    with zipfile.ZipFile(io.BytesIO(cleaned(samples.docx(), "a.docx"))) as copy:
        assert b"The minutes of the meeting." in copy.read("word/document.xml")
        assert b"thumbnail" not in copy.read("_rels/.rels")
        assert "docProps/core.xml" in copy.namelist()
        assert {entry.date_time for entry in copy.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        with Image.open(io.BytesIO(copy.read("word/media/image1.jpeg"))) as picture:
            picture.load()


UNCLEAN = [
    ("locked", samples.locked_pdf(), "application/pdf"),
    ("broken pdf", samples.pdf()[:300], "application/pdf"),
    ("broken picture", samples.jpeg()[:200], "image/jpeg"),
    ("macro object", samples.docx(**{"word/embeddings/oleObject1.bin": b"\xd0\xcf"}), "docx"),
    ("entity", samples.docx(**{"word/more.xml": '<!DOCTYPE x [<!ENTITY a "b">]><x/>'}), "docx"),
    ("picture that is none", samples.docx(**{"word/media/image3.jpeg": b"nonsense"}), "docx"),
    ("video of nothing", samples.mp4(), "video/mp4"),
    ("old office", samples.old_doc("WordDocument"), "application/msword"),
]


@pytest.mark.parametrize(("why", "data", "type"), UNCLEAN, ids=[why for why, *_ in UNCLEAN])
def test_what_we_cannot_answer_for_has_no_copy(why, data, type):
    if type == "docx":
        type = true_type(io.BytesIO(samples.docx()), "a.docx")
    with pytest.raises(Unclean):
        cleaning.clean(io.BytesIO(data), type)


def test_a_bomb_of_pixels_or_of_packed_zeroes_has_no_copy(monkeypatch):
    out = io.BytesIO()
    Image.new("1", (15_000, 15_000)).save(out, "PNG")
    with pytest.raises(Unclean, match="pixels|Bomb"):
        cleaning.clean(out, "image/png")
    monkeypatch.setattr("factcheck.evidence.cleaning_office.MOST_BYTES", 1_000_000)
    bomb = samples.docx(**{"word/zeroes.xml": b"\0" * 2_000_000})
    with pytest.raises(Unclean, match="too large"):
        cleaning.clean(io.BytesIO(bomb), true_type(io.BytesIO(samples.docx()), "a.docx"))


def test_stripping_leaves_every_pixel_as_it_is():
    for strip, data in ((without_segments, samples.jpeg()), (pixels_of_png, samples.png())):
        with Image.open(io.BytesIO(data)) as before, Image.open(io.BytesIO(strip(data))) as after:
            assert before.convert("RGB").tobytes() == after.convert("RGB").tobytes()
        assert samples.traces(strip(data)) == []


@pytest.mark.parametrize("cut", [0, 1, 2, 3, 10, 50])
def test_stripping_of_what_breaks_off_is_refused(cut):
    for strip, data in ((without_segments, samples.jpeg()), (pixels_of_png, samples.png())):
        with pytest.raises(Unclean):
            strip(data[:cut])
