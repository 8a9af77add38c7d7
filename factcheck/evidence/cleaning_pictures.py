"""Pictures: painted anew from their pixels, so that nothing else comes along: no EXIF, GPS, XMP, IPTC, thumbnail or comment."""

import io
import warnings

from PIL import Image, ImageCms, ImageOps, ImageSequence

from .unclean import Unclean

MOST_PIXELS = 200_000_000  # over all frames: 600 MB in memory
HARMLESS = frozenset({"transparency", "duration", "loop", "background", "disposal", "version", "timestamp"})
TOLD_BY_FORMAT = frozenset({"jfif", "jfif_version", "jfif_unit", "jfif_density", "compression", "extension"})
SAVED = {
    "JPEG": {"quality": 92, "optimize": True},
    "PNG": {"optimize": True},
    "WEBP": {"quality": 90},
    "TIFF": {},
    "GIF": {},
}


def clean_picture(content):
    """The picture alone, turned the way its EXIF said, in sRGB, in the format it came in."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a decompression bomb is refused below, by a count of our own
        with Image.open(content) as picture:
            kind = "JPEG" if picture.format == "MPO" else picture.format
            frames = _frames(picture, 1 if kind == "JPEG" else getattr(picture, "n_frames", 1))
            made = _written(frames, kind)
    _look_again(made)
    return made


def _frames(picture, count):
    if picture.width * picture.height * count > MOST_PIXELS:
        raise Unclean("it has more pixels than we paint")
    frames = []
    for frame in ImageSequence.Iterator(picture):
        frames.append((_painted(frame), frame.info.get("duration", 0)))
        if len(frames) == count:
            break
    return frames


def _painted(frame):
    """A picture of its own with the same pixels and, of everything else, transparency alone."""
    upright = ImageOps.exif_transpose(frame)
    profile = upright.info.get("icc_profile")
    painted = upright.copy()
    painted.info = {key: painted.info[key] for key in ("transparency",) if key in painted.info}
    return _in_srgb(painted, profile) if profile and painted.mode in ("RGB", "RGBA") else painted


def _in_srgb(picture, profile):
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        made = ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"))
    except ImageCms.PyCMSError:
        return picture
    made.info.pop("icc_profile", None)
    return made


def _written(frames, kind):
    if kind not in SAVED:
        raise Unclean("there is no way here to write this kind of picture")
    out, (first, _lasts) = io.BytesIO(), frames[0]
    more = {}
    if len(frames) > 1:
        more = {"save_all": True, "append_images": [frame for frame, _ in frames[1:]]}
        if kind != "TIFF":
            more |= {"duration": [lasts for _, lasts in frames], "loop": 0}
    first.save(out, kind, **SAVED[kind], **more)
    return out.getvalue()


def _look_again(made):
    """Refuse a copy in which anything but pixels can still be found."""
    with Image.open(io.BytesIO(made)) as picture:
        told = {str(key) for key in picture.info} - HARMLESS - TOLD_BY_FORMAT
        exif = dict(picture.getexif()) if picture.format != "TIFF" else {}  # a TIFF's own table of its pixels
        hidden = [key for key in told if key not in ("dpi", "resolution")]
        if hidden or exif or (picture.format == "TIFF" and TELLING & set(picture.tag_v2)):
            raise Unclean("hidden data stayed in the copy: " + ", ".join(sorted(hidden) or ["EXIF"]))


# TIFF tags that say something of people, places, devices or times: description, make, model, software, date, artist, host,
# XMP, copyright, IPTC, Photoshop, EXIF, GPS
TELLING = {270, 271, 272, 305, 306, 315, 316, 700, 33432, 33723, 34377, 34665, 34853}
