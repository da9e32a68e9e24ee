"""Pages of a PDF side by side as small pictures, to look at many badges at once.

    python -m visitplanner.documents.contact_sheet BADGES.pdf FOLDER

Needs `pdftoppm` (Debian: poppler-utils).
"""

import io
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

GROUND = "#C9D2CE"
GAP = 10
COLOURS = 192


def contact_sheets(pdf: bytes, *, columns: int = 8, rows: int = 5, dpi: int = 60) -> list[bytes]:
    """PNG pictures of `columns` × `rows` pages each, in order.

    Raises FileNotFoundError without pdftoppm, CalledProcessError for what is no PDF.
    """
    with tempfile.TemporaryDirectory() as folder:
        command = ["pdftoppm", "-png", "-r", str(dpi), "-", f"{folder}/page"]
        subprocess.run(command, input=pdf, check=True, capture_output=True)  # noqa: S603
        pages = []
        for path in sorted(Path(folder).glob("page-*.png")):
            with Image.open(path) as picture:
                pages.append(picture.convert("RGB"))
    each = columns * rows
    return [_sheet(pages[at : at + each], columns) for at in range(0, len(pages), each)]


def _sheet(pages: list[Image.Image], columns: int) -> bytes:
    wide = max(page.width for page in pages) + GAP
    tall = max(page.height for page in pages) + GAP
    lines = -(-len(pages) // columns)
    sheet = Image.new("RGB", (columns * wide + GAP, lines * tall + GAP), GROUND)
    for number, page in enumerate(pages):
        row, column = divmod(number, columns)
        sheet.paste(page, (GAP + column * wide, GAP + row * tall))
    out = io.BytesIO()
    sheet.quantize(COLOURS).save(out, "PNG", optimize=True)
    return out.getvalue()


def main(source: Path, folder: Path) -> None:
    """Write the sheets of `source` as NAME-1.png, NAME-2.png … into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, picture in enumerate(contact_sheets(source.read_bytes()), 1):
        (folder / f"{source.stem}-{number}.png").write_bytes(picture)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
