"""The child that reads strangers' pictures: limited memory and time, one picture in, one out.

Started by path with `python -I` and what is wanted, `portrait` or `logo`; it imports nothing of
ours. Standard input: the file. Standard output: a JPEG of a portrait, a PNG of a logo, without
metadata. Exit codes: see `REASONS` of `visitplanner.exchange.photos`.
"""

import io
import resource
import sys
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

MEMORY = 768 * 1024 * 1024
SECONDS = 10
PIXELS = 25_000_000
SMALLEST = 200
LARGEST = (600, 800)
LOGO_SIDES = (48, 200)
"""The fewest dots of a logo's shorter and longer side."""
LOGO_LARGEST = (1000, 600)
FORMATS = ("JPEG", "PNG", "WEBP")
STILL = ("JPEG", "MPO")
"""Phones put a second picture (depth, brightness) behind the photograph; it does not move."""
QUALITY = 88

NO_IMAGE, BROKEN, TOO_MANY, ANIMATED, TOO_SMALL, UNSEEN = 10, 11, 12, 13, 14, 15
PALE = 235
"""Where no dot on white is darker than this grey, nothing is seen on paper."""


def main() -> int:
    """Read, turn upright, shrink and write one picture; the exit code."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    Image.MAX_IMAGE_PIXELS = None
    warnings.simplefilter("ignore")
    content = sys.stdin.buffer.read()
    try:
        image = Image.open(io.BytesIO(content), formats=FORMATS)
    except UnidentifiedImageError:
        return NO_IMAGE
    except Exception:
        return BROKEN
    if image.width * image.height > PIXELS:
        return TOO_MANY
    if image.format not in STILL and getattr(image, "n_frames", 1) > 1:
        return ANIMATED
    logo = sys.argv[1:] == ["logo"]
    if not (large_enough(image) if logo else min(image.size) >= SMALLEST):
        return TOO_SMALL
    try:
        content = traced(image) if logo else redrawn(image)
    except Exception:
        return BROKEN
    sys.stdout.buffer.write(content)
    return 0 if content else UNSEEN


def large_enough(image: Image.Image) -> bool:
    """Whether a logo has dots enough to be printed; it may be a narrow line of letters."""
    return all(have >= need for have, need in zip(sorted(image.size), LOGO_SIDES, strict=True))


def in_eight_bits(image: Image.Image) -> Image.Image:
    """Grey of sixteen bits, which scanners write and Pillow does not convert, in eight."""
    if not image.mode.startswith("I"):
        return image
    return image.convert("I").point(lambda grey: grey * (1 / 256)).convert("L")


def redrawn(image: Image.Image) -> bytes:
    """The picture upright, on white, at most `LARGEST`, as a JPEG without metadata."""
    image.draft("RGB", (LARGEST[0] * 2, LARGEST[1] * 2))
    image.load()
    upright = ImageOps.exif_transpose(in_eight_bits(image))
    if upright.mode != "RGB":
        clear = upright.convert("RGBA")
        upright = Image.new("RGB", clear.size, "white")
        upright.paste(clear, mask=clear.getchannel("A"))
    upright.thumbnail(LARGEST, Image.Resampling.LANCZOS)
    plain = Image.new("RGB", upright.size)
    plain.paste(upright)
    out = io.BytesIO()
    plain.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()


def traced(image: Image.Image) -> bytes:
    """The logo as a PNG without metadata and clear margins, empty when it is not seen on white."""
    image.load()
    upright = ImageOps.exif_transpose(in_eight_bits(image))
    clear = upright.convert("RGBA")
    edges = clear.getchannel("A").getbbox()
    if edges is None:
        return b""
    clear = clear.crop(edges)
    clear.thumbnail(LOGO_LARGEST, Image.Resampling.LANCZOS)
    white = Image.new("RGBA", clear.size, "white")
    white.alpha_composite(clear)
    if not any(white.convert("L").histogram()[:PALE]):
        return b""
    solid = clear.getchannel("A").getextrema() == (255, 255)
    kind = "RGB" if solid else "RGBA"
    plain = Image.new(kind, clear.size)
    plain.paste(clear.convert(kind))
    out = io.BytesIO()
    plain.save(out, "PNG", optimize=True)
    return out.getvalue()


if __name__ == "__main__":
    sys.exit(main())
