"""Sound and film in a container made anew: their streams as they are, and nothing that is said beside them (EV-4, EV-11).

Runs as a process of its own (`cleaning_media.py` starts it): `remuxing READ_AS WRITTEN_AS FOLDER` reads `given` there and
writes `made`, both hidden under the keys that it gets on its standard input, 32 bytes each. What it prints is why it could not.
Knows nothing of Django, so that there is nothing in it to be taken.
"""

import sys
from pathlib import Path

import av
from av.bitstream import BitStreamFilterContext
from av.stream import Disposition

from factcheck.fetching.confined import confine
from factcheck.files import hidden

from .mp3_frames import is_one_frame
from .unclean import Unclean

MEMORY = 4 * 1024**3  # bytes of addresses, of which the libraries alone take a part
SECONDS = 120  # of the processor
ALONE = "none"  # no address is followed: some files tell their reader to go and fetch others
OPTIONS = {
    "mp3": {"id3v2_version": "0"},
    "mov": {"write_tmcd": "0"},
    "mp4": {"write_tmcd": "0"},
    "ipod": {"write_tmcd": "0"},
}
# Streams that we can answer for. What another codec says of its maker within its own data, we do not know.
SOUND = frozenset({"aac", "ac3", "alac", "amr_nb", "amr_wb", "eac3", "flac", "mp3", "opus", "vorbis"})
# Of these, only the parts that are painted: between them, cameras and encoders write notes of any kind (SEI).
PAINTED = {"h264": "1-5|7|8", "hevc": "0-9|16-21|32-34", "av1": "1|3|4|6-8"}
FILM = frozenset({*PAINTED, "vp8", "vp9"})
HEADERS_OF_OGG = (b"\x01vorbis", b"\x03vorbis", b"\x05vorbis", b"OpusHead", b"OpusTags")
SAYS_NOTHING = frozenset({"major_brand", "minor_version", "compatible_brands", "vendor_id", "DURATION"})
OURS = {"handler_name": ("VideoHandler", "SoundHandler"), "encoder": ("Lavf",), "language": ("und",)}


def remux(read_as, written_as, given, made):
    """Copy the streams of `given` into `made`, both open files; the formats are FFmpeg's names. Raises Unclean."""
    with _opened(given, read_as) as source:
        streams = [stream for stream in source.streams if _is_wanted(stream)]
        options = {"fflags": "+bitexact", **OPTIONS.get(written_as, {})}
        with av.open(made, "w", format=written_as, options=options) as copy:
            _copy(source, {stream.index: _Track(stream, copy) for stream in streams}, copy)
    made.seek(0)
    _look_again(made, read_as)


def _opened(file, format):
    return av.open(file, format=format, options={"protocol_whitelist": ALONE}, metadata_errors="replace")


def _codec(stream):
    return stream.codec_context.codec.canonical_name if stream.codec_context else ""


def _is_wanted(stream):
    """Sound and film; not covers, subtitles, data, time codes and attachments. Raises Unclean for what we do not know."""
    if stream.type not in ("audio", "video") or stream.disposition & Disposition.attached_pic:
        return False
    codec = _codec(stream)
    if codec in SOUND | FILM or codec.startswith(("pcm_", "adpcm_")):
        return True
    raise Unclean(f"there is no way here to clean what is in it ({codec[:20] or stream.type})")


class _Track:
    """One stream on its way into the copy."""

    def __init__(self, stream, copy):
        self.source, self.codec = stream, _codec(stream)
        self.copied = copy.add_stream_from_template(stream, opaque=True)
        self.filter = None
        if self.codec in PAINTED:
            self.filter = BitStreamFilterContext(_only_painted(self.codec), stream, self.copied)
            self._set_head(b"".join(map(bytes, _filtered(self.codec, self.copied.codec_context.extradata))))
        if self.codec == "vorbis":
            self._set_head(_without_comment(stream.codec_context.extradata))

    def _set_head(self, head):
        self.copied.codec_context.extradata = head or None

    def packets(self, packet):
        """What of a packet goes into the copy: nothing of what is no sound and no picture."""
        for part in self.filter.filter(packet) if self.filter else [packet]:
            data = bytes(part)
            if data and not data.startswith(HEADERS_OF_OGG) and (self.codec != "mp3" or is_one_frame(data)):
                yield self._bare(data, part)

    def _bare(self, data, part):
        """A packet of its own: more may hang on the one that was read, and some formats would write it down."""
        made = av.Packet(data)
        made.time_base = part.time_base or self.source.time_base
        made.pts, made.dts, made.duration = part.pts, part.dts, part.duration or 0
        made.is_keyframe, made.stream = part.is_keyframe, self.copied
        return made


def _only_painted(codec):
    return f"filter_units=pass_types={PAINTED[codec]}"


def _filtered(codec, head):
    """What stands before the first picture, filtered as the pictures are; the filter itself lets it pass."""
    return BitStreamFilterContext(_only_painted(codec), codec).filter(av.Packet(head)) if head else []


def _without_comment(head):
    """The three headers of Vorbis as Matroska and Ogg hand them over, the middle one, of comments, with nothing in it."""
    if not head or head[0] != 2:
        raise Unclean("its sound is written in a way that we do not read")
    sizes, place = [], 1
    for _header in range(2):
        size = 0
        while head[place] == 255:
            size, place = size + 255, place + 1
        sizes.append(size + head[place])
        place += 1
    first, rest = head[place : place + sizes[0]], head[place + sum(sizes) :]
    comment = b"\x03vorbis" + bytes(8) + b"\x01"
    return bytes([2, *([255] * (len(first) // 255)), len(first) % 255, len(comment)]) + first + comment + rest


def _copy(source, tracks, copy):
    count = 0
    for packet in source.demux([track.source for track in tracks.values()]) if tracks else ():
        if packet.is_corrupt:
            raise Unclean("it breaks off")
        for made in tracks[packet.stream_index].packets(packet) if packet.size else ():
            copy.mux_one(made)
            count += 1
    if not count:
        raise Unclean("there is no sound and no film in it")


def _look_again(made, format):
    with _opened(made, format) as copy:
        told = [copy.metadata, *(stream.metadata for stream in copy.streams)]
        said = [key for each in told for key, value in each.items() if not _is_ours(key, value)]
        if said or copy.chapters() or any(stream.type not in ("audio", "video") for stream in copy.streams):
            raise Unclean("hidden data stayed in the copy: " + ", ".join(sorted(said))[:80])


def _is_ours(key, value):
    return key in SAYS_NOTHING or value in OURS.get(key, ())


def main():
    """Make the copy; print why not, where it cannot be made."""
    read_as, written_as, folder = sys.argv[1:]
    keys, made = sys.stdin.buffer.read(), Path(folder) / "made"
    confine(memory=MEMORY, seconds=SECONDS, written=2 * (Path(folder) / "given").stat().st_size + 1024**2)
    try:
        with hidden.reading(Path(folder) / "given", keys[:32]) as given, hidden.writing(made, keys[32:]) as copy:
            remux(read_as, written_as, given, copy)
    except Unclean as reason:
        sys.stdout.write(str(reason))


if __name__ == "__main__":
    main()
