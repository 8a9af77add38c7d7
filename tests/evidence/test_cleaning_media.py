"""Sound and film are handed out as they sound and look, and with nothing that is said beside them."""

import io
import os
import struct
from pathlib import Path

import av
import pytest
from av.stream import Disposition

from factcheck.evidence import cleaning, cleaning_media
from factcheck.evidence.cleaning import Unclean
from factcheck.evidence.kinds import true_type
from factcheck.evidence.mp3_frames import is_one_frame

from .recordings import MOMENT, RECORDINGS, made, recording, traces
from .samples import JO, SECRET

TYPES = {
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "wav": "audio/wav",
    "flac": "audio/flac",
    "ogg": "audio/ogg",
    "opus": "audio/ogg",
    "mp4": "video/mp4",
    "mov": "video/quicktime",
    "webm": "video/webm",
    "mkv": "video/x-matroska",
}


def cleaned(data, name):
    return cleaning.clean(io.BytesIO(data), true_type(io.BytesIO(data), name))


def played(data):
    """What is heard and seen: of sound the packets as they stand, of film the pictures as they are painted."""
    heard, seen = [], []
    with av.open(io.BytesIO(data)) as container:
        film = [s for s in container.streams.video if not s.disposition & Disposition.attached_pic]
        for packet in container.demux([*container.streams.audio, *film]):
            if packet.stream.type == "audio":
                heard += [bytes(packet)] * bool(packet.size)
            else:
                seen += [(frame.pts, *map(_painted, frame.planes)) for frame in packet.decode()]
    return heard, seen


def _painted(plane):
    """The lines of a plane, without what a decoder leaves behind each."""
    lines, width = bytes(plane), plane.line_size
    return b"".join(lines[place : place + plane.width] for place in range(0, plane.height * width, width))


@pytest.mark.parametrize("name", RECORDINGS)
def test_copy_says_nothing_of_its_maker_and_is_of_the_same_type(name):
    data = recording(name)
    assert JO in traces(data)  # there was something that could leak
    assert true_type(io.BytesIO(data), name) == TYPES[name.rpartition(".")[2]]
    copy = cleaned(data, name)
    assert traces(copy) == []
    assert true_type(io.BytesIO(copy), name) == true_type(io.BytesIO(data), name)


@pytest.mark.parametrize("name", RECORDINGS)
def test_copy_sounds_and_looks_as_what_it_was_made_from(name):
    assert played(cleaned(recording(name), name)) == played(recording(name)) != ([], [])


@pytest.mark.parametrize("name", RECORDINGS)
def test_copy_has_sound_and_film_alone(name):
    with av.open(io.BytesIO(cleaned(recording(name), name))) as copy:
        kinds = [RECORDINGS[name].get("sound") and "audio", RECORDINGS[name].get("film") and "video"]
        assert sorted(stream.type for stream in copy.streams) == sorted(filter(None, kinds))
        assert copy.chapters() == []


def test_recordings_carry_what_phones_and_programs_write():
    """So that the tests above can fail: places, moments, covers, subtitles, time codes, attachments, notes of encoders."""
    said = {name: traces(recording(name)) for name in RECORDINGS}
    assert "-41.2783" in said["phone.mov"]
    assert "x265 (build" in said["phone.mov"]
    assert "x264 - core" in said["scene.mp4"]
    assert MOMENT in recording("scene.mp4")
    held = {}
    for name in RECORDINGS:
        with av.open(io.BytesIO(recording(name))) as container:
            held[name] = {stream.type for stream in container.streams}
    assert "data" in held["older.mov"]
    assert {"subtitle", "attachment"} <= held["scene.mkv"]
    assert "subtitle" in held["scene.mp4"]
    assert all("video" in held[name] for name in ("call.mp3", "call.m4a", "call.flac"))  # covers


def test_making_recordings_leaves_the_suite_an_ordinary_process():
    for name in RECORDINGS:
        recording(name)
    assert os.sched_getscheduler(0) == os.SCHED_OTHER


def test_a_copy_of_a_copy_can_be_made():
    for name in ("call.mp3", "scene.mp4", "older.webm"):
        once = cleaned(recording(name), name)
        assert played(cleaned(once, name)) == played(once)


LYRICS = b"LYRICSBEGININD0000200EAR" + SECRET + b"000050LYRICS200"
APE = b"APETAGEX" + struct.pack("<IIII", 2000, 60, 1, 1 << 31) + bytes(8) + SECRET + b"APETAGEX" + bytes(24)
TAG = b"TAG" + SECRET.ljust(125, b"\0")


@pytest.mark.parametrize("tail", [TAG, APE + TAG, LYRICS + TAG, SECRET * 500], ids=["ID3v1", "APE", "Lyrics3", "words"])
def test_what_hangs_on_the_end_of_an_mp3_is_gone(tail):
    data = recording("call.mp3")
    copy = cleaned(data + tail, "call.mp3")
    assert SECRET not in copy
    assert copy == cleaned(data, "call.mp3")


def test_a_frame_of_mp3_is_told_from_what_lies_between():
    with av.open(io.BytesIO(cleaned(recording("call.mp3"), "call.mp3"))) as copy:
        frames = [bytes(packet) for packet in copy.demux(audio=0) if packet.size]
    assert len(frames) > 20
    assert all(map(is_one_frame, frames))
    assert not any(map(is_one_frame, (b"", b"\xff", frames[0] + b"x", frames[0][:-1], b"TAG" + bytes(125), bytes(400))))


def test_chunks_of_a_wav_are_gone_wherever_they_stand():
    data, chunk = recording("call.wav"), b"iXML" + struct.pack("<I", 100) + JO.encode("utf-16-le").ljust(100, b"\0")
    for told in (data[:12] + chunk + data[12:], data + chunk):
        told = told[:4] + struct.pack("<I", len(told) - 8) + told[8:]
        assert JO in traces(told)
        assert cleaned(told, "call.wav") == cleaned(data, "call.wav")


def test_boxes_of_an_mp4_that_nobody_knows_are_gone():
    data = recording("scene.mp4")
    for kind in (b"uuid", b"udta", b"free", b"mdat", b"zzzz"):
        box = struct.pack(">I", 108) + kind + SECRET.ljust(100, b"\0")
        assert cleaned(data + box, "scene.mp4") == cleaned(data, "scene.mp4")


def test_comment_in_the_head_of_vorbis_is_gone_in_matroska_too():
    told = _with_comment(recording("older.webm"))
    assert SECRET in told
    copy = cleaned(told, "older.webm")
    assert SECRET not in copy
    assert played(copy) == played(told)


def _with_comment(data):
    out = io.BytesIO()
    with av.open(io.BytesIO(data)) as source, av.open(out, "w", format="webm") as copy:
        sound = source.streams.audio[0]
        kept = copy.add_stream_from_template(sound, opaque=True)
        head, comment = sound.codec_context.extradata, struct.pack("<I", len(SECRET)) + SECRET + bytes(4) + b"\x01"
        first, setup = head[3 : 3 + head[1]], head[3 + head[1] + head[2] :]
        kept.codec_context.extradata = bytes([2, head[1], 7 + len(comment)]) + first + b"\x03vorbis" + comment + setup
        for packet in source.demux(sound):
            if packet.size:
                packet.stream = kept
                copy.mux(packet)
    return out.getvalue()


def test_film_is_shown_upright():
    data = recording("scene.mp4")
    head = data.index(b"tkhd", data.index(b"tkhd", data.index(b"moov")) + 4 if _sound_is_first(data) else 0)
    upright = struct.pack(">9I", 65536, 0, 0, 0, 65536, 0, 0, 0, 1 << 30)
    turned = struct.pack(">9i", 0, 65536, 0, -65536, 0, 0, 0, 0, 1 << 30)
    place = data.index(upright, head)
    told = data[:place] + turned + data[place + len(upright) :]
    assert _rotation(told) == _rotation(cleaned(told, "scene.mp4")) != _rotation(data)


def _sound_is_first(data):
    with av.open(io.BytesIO(data)) as container:
        return container.streams[0].type == "audio"


def _rotation(data):
    with av.open(io.BytesIO(data)) as container:
        return next(container.decode(video=0)).rotation


@pytest.mark.parametrize(
    ("data", "type"),
    [
        (recording("scene.mp4")[:3000], "video/mp4"),
        (recording("scene.mkv")[:300], "video/x-matroska"),
        (recording("call.ogg")[:60], "audio/ogg"),
        (b"ID3\x04" + b"\xff" * 4000, "audio/mpeg"),
        (b"\x1aE\xdf\xa3" + bytes(range(256)) * 40, "video/webm"),
        (b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n", "video/mp4"),
        (b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n", "audio/mpeg"),
        (struct.pack(">I", 24) + b"ftypisom\0\0\2\0isomiso2" + b"\x7f\xff\xff\xffmoov", "video/mp4"),
        (b"RIFF\xff\xff\xff\xffWAVEfmt \xff\xff\xff\x7f", "audio/wav"),
        (b"", "audio/flac"),
    ],
    ids=lambda value: value if isinstance(value, str) else str(len(value)),  # bytes differ from process to process
)
def test_what_is_broken_or_no_recording_has_no_copy(data, type):
    with pytest.raises(Unclean):
        cleaning.clean(io.BytesIO(data), type)


@pytest.mark.parametrize("film", ["mpeg4", "mjpeg"])
def test_film_that_we_cannot_answer_for_has_no_copy(film):
    data = made("mov", film=film)
    with pytest.raises(Unclean, match=f"no way here to clean what is in it \\({film}\\)"):
        cleaned(data, "scene.mov")


def test_cleaner_that_takes_too_long_is_ended(monkeypatch):
    monkeypatch.setattr(cleaning_media, "SECONDS", 0.01)
    with pytest.raises(Unclean, match="could not be read whole"):
        cleaned(recording("call.mp3"), "call.mp3")


def test_nothing_is_left_on_the_disk(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    cleaned(recording("call.mp3"), "call.mp3")
    with pytest.raises(Unclean):
        cleaning.clean(io.BytesIO(b"nonsense"), "video/mp4")
    assert list(tmp_path.iterdir()) == []


def test_nothing_of_it_is_on_the_disk_open_while_it_is_cleaned(monkeypatch):
    """Whoever pulls the plug in the middle finds bytes in the folder that nobody can read any more."""
    run, lying = cleaning_media.apart.run, {}

    def looked_at(module, given, *arguments, **options):
        told = run(module, given, *arguments, **options)
        lying.update({path.name: path.read_bytes() for path in Path(arguments[-1]).iterdir()})
        return told

    monkeypatch.setattr(cleaning_media.apart, "run", looked_at)
    data = recording("scene.mp4")
    copy = cleaned(data, "scene.mp4")
    assert {name: len(found) for name, found in lying.items()} == {"given": len(data), "made": len(copy)}
    for found in lying.values():
        assert not any(words in found for words in (SECRET, b"ftyp", b"moov", b"mdat", data[4000:4100], copy[-100:]))
