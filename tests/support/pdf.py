"""Reading papers back: pages, words, fonts, pictures of pages, codes on them."""

import io
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import zxingcpp
from PIL import Image
from pypdf import PdfReader

MM_PER_INCH = 25.4
POINTS_PER_INCH = 72


def page_count(pdf: bytes) -> int:
    """How many pages there are."""
    return len(PdfReader(io.BytesIO(pdf)).pages)


def page_sizes(pdf: bytes) -> list[tuple[float, float]]:
    """Width and height of each page in millimetres, to a tenth."""
    boxes = [page.mediabox for page in PdfReader(io.BytesIO(pdf)).pages]
    scale = MM_PER_INCH / POINTS_PER_INCH
    return [(round(float(b.width) * scale, 1), round(float(b.height) * scale, 1)) for b in boxes]


def texts(pdf: bytes) -> list[str]:
    """The words of each page in reading order, with single spaces."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]


def fonts(pdf: bytes) -> set[str]:
    """Names of the fonts used; a name with a subset prefix ("ABCDEF+") is embedded."""
    found: set[str] = set()
    for page in PdfReader(io.BytesIO(pdf)).pages:
        resources = page.get("/Resources", {}).get_object()
        for font in resources.get("/Font", {}).get_object().values():
            found.add(str(font.get_object()["/BaseFont"]).removeprefix("/"))
    return found


def render(pdf: bytes, page: int = 0, dpi: int = 300) -> Image.Image:
    """A picture of one page, as pdfium draws it."""
    with pypdfium2.PdfDocument(pdf) as document:
        picture: Image.Image = document[page].render(scale=dpi / POINTS_PER_INCH).to_pil()
        return picture.convert("RGB")


def render_with_poppler(pdf: bytes, page: int = 0, dpi: int = 300) -> Image.Image:
    """A picture of one page, as Poppler draws it: a second opinion."""
    with tempfile.TemporaryDirectory() as folder:
        stem = Path(folder) / "page"
        number = str(page + 1)
        words = ["pdftoppm", "-png", "-singlefile", "-r", str(dpi), "-f", number, "-l", number]
        subprocess.run([*words, "-", str(stem)], input=pdf, check=True, capture_output=True)
        with Image.open(stem.with_suffix(".png")) as picture:
            return picture.convert("RGB")


@dataclass(frozen=True, slots=True)
class Code:
    """A code read from a picture, and where its corners lie in pixels."""

    text: str
    box: tuple[int, int, int, int]


def codes(picture: Image.Image) -> list[Code]:
    """Every QR code on the picture, from left to right and top to bottom."""
    found = []
    for hit in zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode):
        corners = hit.position
        points = [corners.top_left, corners.top_right, corners.bottom_right, corners.bottom_left]
        xs, ys = [p.x for p in points], [p.y for p in points]
        found.append(Code(hit.text, (min(xs), min(ys), max(xs), max(ys))))
    return sorted(found, key=lambda code: (code.box[1] // 50, code.box[0]))
