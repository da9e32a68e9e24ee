"""Draw as PNG the flags that WeasyPrint would redraw slowly in every paper (maintainers only).

    python tools/flags/raster.py

These flags of flag-icons (MIT) use clips, masks or patterns, which cannot be kept between
documents. Needs pdftoppm. The result lies in visitplanner/documents/flags and is committed.
"""

import subprocess
import tempfile
from pathlib import Path

import weasyprint
from PIL import Image

from visitplanner.paths import STATIC

FLAGS = ("bz", "fk", "gs", "gt", "mx", "ni", "sh-ac", "vg")
SOURCE = STATIC / "vendor/flag-icons-7.5.0/4x3"
TARGET = Path(__file__).resolve().parents[2] / "visitplanner/documents/flags"
SIZE = (480, 360)


def main() -> None:
    """Write them all."""
    TARGET.mkdir(parents=True, exist_ok=True)
    for name in FLAGS:
        page = (
            "@page{size:80mm 60mm;margin:0}body,img{margin:0;display:block;width:80mm;height:60mm}"
        )
        html = f'<style>{page}</style><img src="{(SOURCE / f"{name}.svg").as_uri()}">'
        pdf = weasyprint.HTML(string=html).write_pdf()
        with tempfile.TemporaryDirectory() as folder:
            command = ["pdftoppm", "-png", "-singlefile", "-r", "600", "-", f"{folder}/flag"]
            subprocess.run(command, input=pdf, check=True)  # noqa: S603
            with Image.open(f"{folder}/flag.png") as picture:
                small = picture.convert("RGB").resize(SIZE, Image.Resampling.LANCZOS)
        small.quantize(128).save(TARGET / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
