"""What a file is, its bytes say; its name is believed in nothing."""

import io

import pytest

from factcheck.evidence import kinds
from factcheck.newsroom.refusals import Refused

from . import samples

EBML = b"\x1aE\xdf\xa3\x9f\x42\x86\x81\x01\x42\xf7\x81\x01\x42\xf2\x81\x04\x42\xf3\x81\x08"
OOXML = "application/vnd.openxmlformats-officedocument."
TAKEN = [
    ("a.jpg", samples.jpeg, "image/jpeg"),
    ("A.JPEG", samples.jpeg, "image/jpeg"),
    ("a.png", samples.png, "image/png"),
    ("a.gif", samples.gif, "image/gif"),
    ("a.webp", samples.webp, "image/webp"),
    ("a.tiff", samples.tiff, "image/tiff"),
    ("a.pdf", samples.pdf, "application/pdf"),
    ("a.docx", samples.docx, OOXML + "wordprocessingml.document"),
    ("a.xlsx", samples.xlsx, OOXML + "spreadsheetml.sheet"),
    ("a.odt", samples.odt, "application/vnd.oasis.opendocument.text"),
    ("a.doc", lambda: samples.old_doc("WordDocument"), "application/msword"),
    ("a.wav", samples.wav, "audio/wav"),
    ("a.mp4", samples.mp4, "video/mp4"),
    ("a.m4a", lambda: b"\0\0\0\x1cftypM4A \0\0\2\0M4A isom", "audio/mp4"),
    ("a.m4a", lambda: b"\0\0\0\x18ftypmp42\0\0\0\0isommp42", "video/mp4"),  # as Android's recorder names and writes it
    ("a.webm", lambda: EBML + b"\x42\x82\x84webm", "video/webm"),
    ("a.mkv", lambda: EBML + b"\x42\x82\x88matroska", "video/x-matroska"),
    ("a.txt", lambda: "Tēnā koe\n".encode(), "text/plain"),
    ("a.csv", lambda: "a,b\n".encode("utf-16"), "text/plain"),
    ("a.warc", lambda: b"WARC/1.0\r\nWARC-Type: warcinfo\r\n", "application/warc"),
]


@pytest.mark.parametrize(("name", "make", "type"), TAKEN, ids=[name for name, *_ in TAKEN])
def test_type_is_told_from_the_bytes(name, make, type):
    assert kinds.true_type(io.BytesIO(make()), name) == type


REFUSED = [
    ("a.exe", samples.PE, "Programs"),
    ("report.pdf", samples.PE, "Programs"),
    ("photo.jpg", samples.ELF, "Programs"),
    ("notes.txt", b"#!/bin/sh\nrm -rf /\n", "Programs"),
    ("notes.txt", b"  \n@ECHO OFF\r\ndel *\r\n", "Programs"),
    ("a.class", b"\xca\xfe\xba\xbe\0\0\0\x34", "Programs"),
    ("a.lnk", bytes.fromhex("4c0000000114020000000000c000000000000046"), "Programs"),
    ("a.html", b"<!DOCTYPE html><p>hello", "Programs"),
    ("a.txt", b"<!DOCTYPE html><html><script>1</script></html>", "cannot tell"),
    ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "Programs"),
    ("a.txt", b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", "cannot tell"),
    ("a.docm", samples.docx(), "Programs"),
    ("a.docx", samples.docx(**{"word/vbaProject.bin": b"macro"}), "macros"),
    ("a.doc", samples.old_doc("WordDocument", "_VBA_PROJECT"), "macros"),
    ("a.doc", samples.old_doc("Installer"), "cannot tell"),
    ("a.jpg", samples.pdf(), "is a PDF by its bytes"),
    ("a.pdf", samples.jpeg(), "is a JPEG picture by its bytes"),
    ("a.xlsx", samples.docx(), "is a Word document by its bytes"),
    ("noending", samples.pdf(), "is a PDF by its bytes"),
    ("a.txt", samples.pdf(), "is a PDF by its bytes"),
    ("a.pdf", b"just some words", "is plain text by its bytes"),
    ("a.zip", samples._zip({"x.txt": "x"}), "cannot tell"),
    ("a.docx", b"PK\x03\x04 and then nonsense", "cannot tell"),
    ("a.txt", bytes(range(1, 256)), "cannot tell"),
    ("a.txt", b"text and a \0 in it", "cannot tell"),
    ("a.txt", b"x" * 200_000 + b"\xff", "cannot tell"),
    ("a.txt", b"", "empty"),
]


@pytest.mark.parametrize(("name", "data", "sentence"), REFUSED)
def test_what_is_not_taken_is_refused_in_a_sentence(name, data, sentence):
    with pytest.raises(Refused, match=sentence):
        kinds.true_type(io.BytesIO(data), name)


def test_every_kind_has_a_type_of_its_own_and_no_ending_of_a_program():
    types = [kind.type for kind in kinds.KINDS]
    assert len(types) == len(set(types))
    assert not kinds.PROGRAM_ENDINGS & {ending for kind in kinds.KINDS for ending in kind.endings}
