"""The child of the press: WeasyPrint with fixed fonts, limits, and only the given pictures."""

import gc
import logging
import os
import pickle
import resource
import sys
from functools import cache
from itertools import count
from pathlib import Path
from typing import IO, Any
from xml.etree import ElementTree

import weasyprint
from weasyprint.images import SVGImage
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from visitplanner.documents.press import FAULT, HEAD, LENGTH, PDF, TOFU, Sheet
from visitplanner.documents.press_pictures import Drawing, QrCode
from visitplanner.documents.press_shortcuts import Parsed, finish
from visitplanner.paths import STATIC

MEMORY = 3 * 1024**3 // 2
CPU_SECONDS = 45  # for one sheet
FLAGS = STATIC / "vendor/flag-icons-7.5.0/4x3"
RASTERS = Path(__file__).with_name("flags")
"""Flags that cannot be kept between documents, as PNG (tools/flags)."""
SETTLED = 20
"""After so many sheets fonts, styles and most flags are loaded and need no looking through."""
NO_GLYPH = ".notdef glyph"


class OnlyOurs(URLFetcher):  # type: ignore[misc]
    """Answers the addresses of one sheet; every other is refused."""

    def __init__(self, pictures: dict[str, bytes]) -> None:
        super().__init__(allowed_protocols={"app"}, allow_redirects=False, timeout=1)
        self.pictures = pictures

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:  # Any: WeasyPrint's
        """The picture of this address. Raises ValueError for all others."""
        content = self.pictures.get(url)
        if content is None:
            raise ValueError(f"refused: {url[:60]}")
        kind = "image/png" if content.startswith(b"\x89PNG") else "image/jpeg"
        return URLFetcherResponse(url, content, {"Content-Type": kind})


class Watch(logging.Handler):
    """Collects what WeasyPrint says about characters it cannot draw."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.boxes: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the message if it is about a missing glyph."""
        message = record.getMessage()
        if NO_GLYPH in message:
            self.boxes.append(message)


@cache
def drawing(name: str) -> Drawing:
    """A flag (`flag:fr`) or one of our own drawings (`img:rosette.svg`), compiled once."""
    kind, _, rest = name.partition(":")
    path = FLAGS / f"{rest}.svg" if kind == "flag" else STATIC / "img" / rest
    tree = ElementTree.fromstring(path.read_bytes())  # noqa: S314 - our own files
    box = [float(part) for part in tree.get("viewBox", "0 0 640 480").split()]
    return Drawing(SVGImage(tree, name, None, None), box[2], box[3])


@cache
def raster(name: str) -> bytes | None:
    """The PNG of a flag that has one."""
    path = RASTERS / f"{name.removeprefix('flag:')}.png"
    return path.read_bytes() if name.startswith("flag:") and path.is_file() else None


def read(sheet: Sheet, fetcher: OnlyOurs) -> weasyprint.HTML:
    """The sheet's document, through the faster parser where it is XML."""
    if sheet.xml:
        return Parsed(sheet.html, fetcher)
    return weasyprint.HTML(string=sheet.html, url_fetcher=fetcher)


class Printer:
    """Fonts and style sheets are read once and serve every document."""

    def __init__(self) -> None:
        self.fonts = FontConfiguration()
        self.styles: dict[str, Any] = {}  # Any: weasyprint.CSS is untyped
        self.watch = Watch()
        logger = logging.getLogger("weasyprint")
        logger.handlers = [self.watch]
        logger.propagate = False

    def print(self, sheet: Sheet) -> bytes:
        """The PDF of the sheet."""
        pictures, drawn = dict(sheet.pictures), {}
        for url, name in (sheet.flags | sheet.drawings).items():
            picture = raster(name)
            if picture is None:
                drawn[url] = drawing(name)
            else:
                pictures[url] = picture
        fetcher = OnlyOurs(pictures)
        if sheet.css not in self.styles:
            self.styles[sheet.css] = weasyprint.CSS(
                string=sheet.css, font_config=self.fonts, url_fetcher=fetcher
            )
        cache: dict[str, Any] = {url: QrCode(text) for url, text in sheet.codes.items()}
        self.watch.boxes.clear()
        document = read(sheet, fetcher).render(
            font_config=self.fonts, stylesheets=[self.styles[sheet.css]], cache=cache | drawn
        )
        pdf: bytes = document.write_pdf(
            finisher=finish, pdf_variant="pdf/ua-1", pdf_identifier=sheet.identifier.encode()
        )
        for kept in drawn.values():
            kept.forget()
        return pdf


def receive(stream: IO[bytes]) -> Sheet | None:
    """The next sheet from the parent, None when it is gone."""
    head = stream.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    sheet: Sheet = pickle.loads(stream.read(LENGTH.unpack(head)[0]))  # noqa: S301 - our parent
    return sheet


def send(stream: IO[bytes], kind: bytes, content: bytes) -> None:
    """Answer the parent."""
    stream.write(HEAD.pack(kind, len(content)) + content)
    stream.flush()


def allow(seconds: int) -> None:
    """Let this process use that much more processor time, then the system ends it."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime) + 1 + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def answer(printer: Printer, sheet: Sheet) -> tuple[bytes, bytes]:
    """Print one sheet; every fault becomes an answer, so that the press can say what it was."""
    try:
        pdf = printer.print(sheet)
    except Exception as error:
        return FAULT, f"{type(error).__name__}: {error}"[:500].encode()
    if printer.watch.boxes:
        return TOFU, printer.watch.boxes[0][:200].encode()
    return PDF, pdf


def serve() -> None:
    """Print sheets from standard input until it closes."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    source = os.fdopen(os.dup(0), "rb")
    target = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    printer = Printer()
    gc.disable()  # between sheets only: a sheet is soon gone, what the first ones load stays
    for number in count():
        if number <= SETTLED:
            gc.freeze()
        sheet = receive(source)
        if sheet is None:
            return
        allow(CPU_SECONDS)
        send(target, *answer(printer, sheet))
        gc.collect()


if __name__ == "__main__":
    sys.setrecursionlimit(3000)
    serve()
