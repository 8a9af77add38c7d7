"""A sealed file opens as it was written or not at all."""

import io
import secrets

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factcheck.files.sealed import PIECE, TAG
from factcheck.safekeeping.sealing import FORM, CannotOpen, Opening, Sealing, key_from, new_key

KEY = key_from(new_key())
HEAD = FORM.head
EDGES = [0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 2 * PIECE + 7]


def sealed(content, key=KEY):
    file = io.BytesIO()
    sealing = Sealing(file, key)
    for start in range(0, len(content), 300_000):
        sealing.write(content[start : start + 300_000])
    sealing.finish()
    return file.getvalue()


def opened(data, key=KEY):
    return Opening(io.BytesIO(data), key).readall()


@pytest.mark.parametrize("size", EDGES)
def test_what_was_sealed_is_opened(size):
    content = secrets.token_bytes(size)
    assert opened(sealed(content)) == content


def test_same_content_looks_different_each_time_and_shows_nothing():
    content = b"Jo's real name" * 1000
    one, other = sealed(content), sealed(content)
    assert one[HEAD:] != other[HEAD:]
    assert b"real name" not in one


def test_other_key_is_told_as_such():
    with pytest.raises(CannotOpen, match="made with another key"):
        opened(sealed(b"text"), key_from(new_key()))


WHOLE = sealed(secrets.token_bytes(2 * PIECE + 100))
PIECES = [WHOLE[HEAD + n * (PIECE + TAG) : HEAD + (n + 1) * (PIECE + TAG)] for n in range(3)]


@settings(max_examples=40, deadline=None)
@given(st.integers(0, len(WHOLE) - 1))
def test_cut_anywhere_it_is_refused(length):
    with pytest.raises(CannotOpen):
        opened(WHOLE[:length])


@settings(max_examples=40, deadline=None)
@given(st.integers(0, len(WHOLE) - 1), st.integers(1, 255))
def test_changed_anywhere_it_is_refused(place, change):
    with pytest.raises(CannotOpen):
        opened(WHOLE[:place] + bytes([WHOLE[place] ^ change]) + WHOLE[place + 1 :])


@pytest.mark.parametrize(
    "pieces", [[1, 0, 2], [0, 2], [0, 0, 1, 2], [0, 1], [0, 1, 2, 2], [2], []], ids=lambda order: f"pieces {order}"
)
def test_pieces_left_out_or_moved_are_noticed(pieces):
    with pytest.raises(CannotOpen):
        opened(WHOLE[:HEAD] + b"".join(PIECES[n] for n in pieces))


def test_piece_of_another_file_is_noticed():
    other = sealed(secrets.token_bytes(2 * PIECE + 100))
    with pytest.raises(CannotOpen):
        opened(WHOLE[:HEAD] + other[HEAD:])


def test_something_added_behind_is_noticed():
    with pytest.raises(CannotOpen):
        opened(WHOLE + b"x")


@pytest.mark.parametrize("text", ["", "short", "x" * 44, "é" * 43, "a b" * 20])
def test_what_is_no_key_is_refused(text):
    with pytest.raises(ValueError):
        key_from(text)
