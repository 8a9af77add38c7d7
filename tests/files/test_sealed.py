"""What is sealed is opened at any place of it, under the key and the name it was sealed with, or not at all."""

import io
import secrets
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factcheck.files import sealed
from factcheck.files.sealed import PIECE, TAG

FORM = sealed.Form(b"a sealed file, 1\n", b"a sealed file ")
KEY, NAME = secrets.token_bytes(32), b"ab/abcdef"
EDGES = [0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 2 * PIECE + 7]
CONTENT = secrets.token_bytes(2 * PIECE + 7)


def seal(content, key=KEY, name=NAME):
    return io.BufferedReader(sealed.AsSealed(FORM, io.BytesIO(content), key, name)).read()


def opened(data, key=KEY, name=NAME, form=FORM):
    return io.BufferedReader(sealed.Opening(form, io.BytesIO(data), key, name))


WHOLE = seal(CONTENT)
PIECES = [WHOLE[FORM.head + n * (PIECE + TAG) : FORM.head + (n + 1) * (PIECE + TAG)] for n in range(3)]


@pytest.mark.parametrize("size", EDGES)
def test_what_was_sealed_is_opened_and_both_sizes_are_known(size):
    content = CONTENT[:size]
    made = seal(content)
    assert opened(made).read() == content
    assert (sealed.sealed_size(FORM, size), sealed.opened_size(FORM, len(made))) == (len(made), size)


def test_what_is_read_while_it_lies_open_and_what_is_written_are_of_one_form():
    file = io.BytesIO()
    sealing = sealed.Sealing(FORM, file, KEY, NAME)
    sealing.write(CONTENT)
    sealing.finish()
    assert opened(file.getvalue()).read() == CONTENT


@settings(max_examples=40, deadline=None)
@given(st.integers(0, len(CONTENT)), st.integers(0, 300_000))
def test_any_part_is_read_wherever_it_begins(place, size):
    file = opened(WHOLE)
    file.seek(place)
    assert file.read(size) == CONTENT[place : place + size]
    assert file.seek(0, 2) == len(CONTENT)


def test_the_same_view_is_sealed_the_same_way_each_time_and_another_is_not():
    view = io.BufferedReader(sealed.AsSealed(FORM, io.BytesIO(CONTENT), KEY, NAME))
    first = view.read()
    view.seek(0)
    assert view.read() == first
    assert seal(CONTENT) != WHOLE


@pytest.mark.parametrize(
    ("key", "name", "form", "error"),
    [
        (secrets.token_bytes(32), NAME, FORM, sealed.OtherKey),
        (KEY, b"cd/cdefab", FORM, sealed.NotOpened),
        (KEY, NAME, sealed.Form(b"another file, 1\n", FORM.purpose), sealed.NotSealed),
        (KEY, NAME, sealed.Form(FORM.line, b"another purpose "), sealed.OtherKey),
    ],
    ids=["another key", "another name", "another form", "another purpose"],
)
def test_it_opens_with_nothing_else(key, name, form, error):
    with pytest.raises(error):
        opened(WHOLE, key, name, form).read()


@settings(max_examples=40, deadline=None)
@given(st.integers(0, len(WHOLE) - 1), st.integers(1, 255))
def test_changed_anywhere_it_is_refused(place, change):
    with pytest.raises(sealed.NotOpened):
        opened(WHOLE[:place] + bytes([WHOLE[place] ^ change]) + WHOLE[place + 1 :]).read()


@settings(max_examples=40, deadline=None)
@given(st.integers(0, len(WHOLE) - 1))
def test_cut_anywhere_it_is_refused(length):
    with pytest.raises(sealed.NotOpened):
        opened(WHOLE[:length]).read()


@pytest.mark.parametrize("order", [[1, 0, 2], [0, 2], [0, 0, 1, 2], [0, 1], [0, 1, 2, 2], [2], []], ids=str)
def test_pieces_left_out_doubled_or_moved_are_noticed(order):
    with pytest.raises(sealed.NotOpened):
        opened(WHOLE[: FORM.head] + b"".join(PIECES[n] for n in order)).read()


def test_nothing_sealed_is_noticed_when_it_is_cut_or_changed():
    empty = seal(b"")
    for data in (empty[:-1], empty[:-TAG], empty[:-1] + bytes([empty[-1] ^ 1])):
        with pytest.raises(sealed.NotOpened):
            opened(data).read()


class Zeros(io.RawIOBase):
    """A large file that takes no room."""

    def __init__(self, size):
        super().__init__()
        self.size, self.place = size, 0

    def seek(self, offset, whence=0):
        self.place = offset + {0: 0, 1: self.place, 2: self.size}[whence]
        return self.place

    def read(self, size=-1):
        size = min(size, self.size - self.place)
        self.place += size
        return bytes(size)


def test_a_large_file_takes_no_more_memory_than_a_few_pieces():
    view = sealed.AsSealed(FORM, Zeros(64 * PIECE), KEY, NAME)
    tracemalloc.start()
    read = sum(len(piece) for piece in iter(lambda: view.read(PIECE), b""))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert read == sealed.sealed_size(FORM, 64 * PIECE)
    assert peak < 6 * PIECE
