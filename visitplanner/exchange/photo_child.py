"""The child that reads strangers' pictures: limited memory and time, one picture in, one JPEG out.

Started by path with `python -I`; it imports nothing of ours. Standard input: the file. Standard
output: a JPEG without metadata. Exit codes: see `REASONS` of `visitplanner.exchange.photos`.
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
FORMATS = ("JPEG", "PNG", "WEBP")
STILL = ("JPEG", "MPO")
"""Phones put a second picture (depth, brightness) behind the photograph; it does not move."""
QUALITY = 88

NO_IMAGE, BROKEN, TOO_MANY, ANIMATED, TOO_SMALL = 10, 11, 12, 13, 14


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
    if min(image.size) < SMALLEST:
        return TOO_SMALL
    try:
        jpeg = redrawn(image)
    except Exception:
        return BROKEN
    sys.stdout.buffer.write(jpeg)
    return 0


def redrawn(image: Image.Image) -> bytes:
    """The picture upright, on white, at most `LARGEST`, as a JPEG without metadata."""
    image.draft("RGB", (LARGEST[0] * 2, LARGEST[1] * 2))
    image.load()
    upright = ImageOps.exif_transpose(image)
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


if __name__ == "__main__":
    sys.exit(main())
