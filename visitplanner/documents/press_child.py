"""The child of the press: WeasyPrint with fixed fonts, limits, and only the given pictures."""

import logging
import os
import resource
import sys
from functools import cache
from typing import Any
from xml.etree import ElementTree

import weasyprint
from weasyprint.images import SVGImage
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from visitplanner.documents.press import Sheet, receive, send
from visitplanner.documents.press_pictures import Drawing, QrCode
from visitplanner.paths import STATIC

MEMORY = 3 * 1024**3
FLAGS = STATIC / "vendor/flag-icons-7.5.0/4x3"
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
        fetcher = OnlyOurs(sheet.pictures)
        if sheet.css not in self.styles:
            self.styles[sheet.css] = weasyprint.CSS(
                string=sheet.css, font_config=self.fonts, url_fetcher=fetcher
            )
        cache: dict[str, Any] = {url: QrCode(text) for url, text in sheet.codes.items()}
        used = {url: drawing(name) for url, name in (sheet.flags | sheet.drawings).items()}
        self.watch.boxes.clear()
        document = weasyprint.HTML(string=sheet.html, url_fetcher=fetcher).render(
            font_config=self.fonts, stylesheets=[self.styles[sheet.css]], cache=cache | used
        )
        pdf: bytes = document.write_pdf(
            pdf_variant="pdf/ua-1", pdf_identifier=sheet.identifier.encode()
        )
        for picture in used.values():
            picture.forget()
        return pdf


def serve() -> None:
    """Print sheets from standard input until it closes."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    source = os.fdopen(os.dup(0), "rb")
    target = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    printer = Printer()
    while True:
        try:
            sheet: Sheet = receive(source)
        except EOFError:
            return
        try:
            pdf = printer.print(sheet)
        except Exception as error:  # the parent turns it into a refusal
            send(target, ("error", f"{type(error).__name__}: {error}"[:500]))
            continue
        if printer.watch.boxes:
            send(target, ("tofu", printer.watch.boxes[0][:200]))
        else:
            send(target, ("pdf", pdf))


if __name__ == "__main__":
    sys.setrecursionlimit(3000)
    serve()
