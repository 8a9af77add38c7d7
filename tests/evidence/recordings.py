"""Sound and film as people send them, made here: each says unseen, in every way its kind has, who made it and where.

The place is Wellington's; JO is what must not be left in a copy.
"""

import struct
import subprocess
import sys
import tempfile
from fractions import Fraction
from functools import cache
from pathlib import Path

import av
from av.stream import Disposition

from . import samples
from .samples import JO, SECRET

PLACE = "-41.2783+174.7767/"
TOLD = {
    "title": JO,
    "artist": JO,
    "comment": JO,
    "encoder": JO,
    "location": PLACE,
    "com.apple.quicktime.location.ISO6709": PLACE,
    "com.apple.quicktime.author": JO,
    "creation_time": "2022-08-31T11:22:33Z",
    "timecode": "11:22:33:04",
}
OF_A_STREAM = {"handler_name": JO, "title": JO, "language": "mri", "creation_time": "2022-08-31T11:22:33Z"}
RATE, FRAMES = 48_000, 25
RECORDINGS = {
    "call.mp3": {"format": "mp3", "sound": "libmp3lame", "cover": True},
    "call.m4a": {"format": "mp4", "sound": "aac", "cover": True, "chapters": True, "options": {"brand": "M4A "}},
    "call.wav": {"format": "wav", "sound": "pcm_s16le", "options": {"write_bext": "1"}},
    "call.flac": {"format": "flac", "sound": "flac", "cover": True},
    "call.ogg": {"format": "ogg", "sound": "vorbis"},
    "call.opus": {"format": "ogg", "sound": "libopus"},
    "scene.mp4": {"format": "mp4", "sound": "aac", "film": "libx264", "chapters": True, "words": "mov_text"},
    "phone.mov": {"format": "mov", "sound": "aac", "film": "libx265", "options": {"movflags": "use_metadata_tags"}},
    "older.mov": {"format": "mov", "sound": "pcm_s16le", "film": "libx264", "chapters": True},
    "scene.webm": {"format": "webm", "sound": "libopus", "film": "libvpx-vp9", "chapters": True},
    "older.webm": {"format": "webm", "sound": "vorbis", "film": "libvpx"},
    "scene.mkv": {"format": "matroska", "sound": "aac", "film": "libx264", "attachment": True, "words": "subrip"},
    "newer.mkv": {"format": "matroska", "sound": "flac", "film": "libsvtav1", "chapters": True},
}


def traces(data):
    """What of the maker, the place or the programs used can still be read in the bytes: in UTF-8 or UTF-16."""
    words = (JO, PLACE[:8], "Wellington", "x264 - core", "x265 (build", "Lavf6", "2022-08-31")
    found = [word for word in words for code in ("utf-8", "utf-16-le", "utf-16-be") if word.encode(code) in data]
    return found + (["the moment"] if MOMENT in data else [])


MOMENT = struct.pack(
    ">I", 1_661_944_953 + 2_082_844_800
)  # 2022-08-31T11:22:33Z, in seconds since 1904, as MPEG-4 counts


@cache
def recording(name):
    """The bytes of one of RECORDINGS."""
    if RECORDINGS[name].get("film") != "libsvtav1":
        return made(**RECORDINGS[name])
    # This encoder makes the process it runs in a real-time one where it may (as root), and every process started from
    # there: the suite's browsers then keep all other programs from running. So it gets a process of its own.
    script = f"import sys; from tests.evidence import recordings as r; sys.stdout.buffer.write(r.made(**r.RECORDINGS[{name!r}]))"
    return subprocess.run([sys.executable, "-c", script], capture_output=True, check=True).stdout


def made(format, *, sound="", film="", cover=False, chapters=False, attachment=False, words="", options=None):
    """The bytes of a recording of a second, in a container of FFmpeg's name, its streams encoded as named."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "made"
        with av.open(str(path), "w", format=format, options=options or {}) as out:
            out.metadata.update(TOLD)
            tracks = [_sound(out, sound)] if sound else []
            tracks += [_film(out, film)] if film else []
            still = _cover(out) if cover else None
            text = _told(out.add_mux_stream(words)) if words else None
            if attachment:
                out.add_attachment(f"{JO}.txt", "text/plain", SECRET)
            if chapters:
                out.set_chapters([_chapter()])
            _fill(out, tracks, still, text)
        return path.read_bytes()


def _chapter():
    return {"id": 1, "start": 0, "end": 1000, "time_base": Fraction(1, 1000), "metadata": {"title": JO}}


def _told(stream):
    stream.metadata.update(OF_A_STREAM)
    return stream


def _sound(out, codec):
    options = {"strict": "experimental"} if codec == "vorbis" else {}
    stream = _told(out.add_stream(codec, rate=RATE, options=options))
    stream.codec_context.layout = "stereo"
    return stream


def _film(out, codec):
    options = {"x265-params": "log-level=none"} if codec == "libx265" else {}
    stream = _told(out.add_stream(codec, rate=FRAMES, options=options))
    stream.width, stream.height, stream.pix_fmt = 64, 48, "yuvj420p" if codec == "mjpeg" else "yuv420p"
    return stream


def _cover(out):
    stream = _told(out.add_stream("mjpeg", rate=1))
    stream.width, stream.height, stream.pix_fmt = 64, 48, "yuvj420p"
    stream.disposition = Disposition.attached_pic
    return stream


def _fill(out, tracks, still, text):
    out.start_encoding()
    if still:
        _mux(out, still, samples.jpeg())
    if text:
        _mux(out, text, struct.pack(">H", len(SECRET)) + SECRET if out.format.name == "mp4" else SECRET)
    for stream in tracks:
        for frame in _tone(stream) if stream.type == "audio" else _painting(stream.pix_fmt):
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))


def _mux(out, stream, data):
    packet = av.Packet(data)
    packet.pts = packet.dts = 0
    packet.duration, packet.time_base, packet.is_keyframe = 1, Fraction(1, 1), True
    packet.stream = stream
    out.mux(packet)


def _tone(stream):
    context = stream.codec_context
    resampler = av.AudioResampler(context.format, "stereo", RATE, frame_size=context.frame_size or 1024)
    for number in range(RATE // 1024):
        frame = av.AudioFrame("s16", "stereo", 1024)
        wave = b"".join(struct.pack("<hh", level, level) for level in ((i % 100) * 200 - 10_000 for i in range(1024)))
        frame.planes[0].update(wave)
        frame.sample_rate, frame.pts, frame.time_base = RATE, number * 1024, Fraction(1, RATE)
        yield from resampler.resample(frame)


def _painting(format):
    for number in range(FRAMES):
        frame = av.VideoFrame(64, 48, format)
        for plane in frame.planes:
            plane.update(bytes((i + number) % 256 for i in range(plane.buffer_size)))
        frame.pts, frame.time_base = number, Fraction(1, FRAMES)
        yield frame
