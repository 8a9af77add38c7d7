"""What is put down for a moment is read back as it was written, and its bytes on the disk say nothing of it."""

import random

from factcheck.files import hidden, uploads

WORDS = b"The refusal, as it was sent to me alone.\n" * 50_000


def test_what_is_written_anywhere_is_read_back_and_the_disk_has_none_of_it(tmp_path):
    key, path, chance, expected = hidden.new_key(), tmp_path / "made", random.Random(20221125), bytearray(WORDS)
    with hidden.writing(path, key) as file:
        file.write(WORDS)
        for _ in range(50):
            place, part = chance.randrange(len(WORDS)), chance.randbytes(chance.randrange(1, 70_000))
            file.seek(place)
            file.write(part)
            expected[place : place + len(part)] = part
    lying = path.read_bytes()
    assert (len(lying), b"refusal" in lying) == (len(expected), False)
    with hidden.reading(path, key) as file:
        assert file.read() == bytes(expected)
        file.seek(1_000_003)
        assert file.read(77) == bytes(expected[1_000_003:1_000_080])
    with hidden.reading(path, hidden.new_key()) as file:
        assert b"refusal" not in file.read()


def test_temporary_file_has_no_name(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with hidden.temporary() as file:
        file.write(WORDS)
        file.flush()
        assert list(tmp_path.iterdir()) == []
        file.seek(0)
        assert file.read() == WORDS


def handled(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    handler = uploads.HiddenFileUploadHandler()
    handler.new_file("upload", "letter.txt", "text/plain", len(WORDS), "utf-8")
    return handler


def test_large_upload_is_taken_whole_and_leaves_nothing(tmp_path, monkeypatch):
    handler = handled(tmp_path, monkeypatch)
    for start in range(0, len(WORDS), 65_536):
        assert handler.receive_data_chunk(WORDS[start : start + 65_536], start) is None
    taken = handler.file_complete(len(WORDS))
    assert (taken.name, taken.size, taken.read(), list(tmp_path.iterdir())) == ("letter.txt", len(WORDS), WORDS, [])
    taken.close()
    assert taken.file.closed


def test_upload_that_breaks_off_is_closed(tmp_path, monkeypatch):
    handler = handled(tmp_path, monkeypatch)
    handler.receive_data_chunk(WORDS, 0)
    handler.upload_interrupted()
    assert handler.file.closed
