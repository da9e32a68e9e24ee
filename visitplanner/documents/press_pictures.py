"""Pictures handed to WeasyPrint ready to draw: QR codes as one path, drawings compiled once.

WeasyPrint's image cache takes any object with `get_intrinsic_size` and `draw`; pinned to 70.0.
"""

import zlib
from typing import Any

import qrcode

VERSION = 5  # 37 modules: 121 alphanumeric characters at level M
MASK = 3


def modules(text: str, version: int | None = VERSION) -> list[list[bool]]:
    """The rows of the code's modules, True for dark; no quiet zone."""
    code = qrcode.QRCode(
        version=version,
        error_correction=qrcode.constants.ERROR_CORRECT_M,
        border=0,
        mask_pattern=MASK,
    )
    code.add_data(text, optimize=0)
    code.make(fit=version is None)
    return [[bool(cell) for cell in row] for row in code.modules]


def runs(rows: list[list[bool]]) -> list[tuple[int, int, int]]:
    """The dark runs as (x, y, length)."""
    found = []
    for y, row in enumerate(rows):
        x = 0
        while x < len(row):
            start = x
            while x < len(row) and row[x]:
                x += 1
            if x > start:
                found.append((start, y, x - start))
            x += 1
    return found


class QrCode:
    """A QR code drawn as filled rectangles in one path."""

    def __init__(self, text: str) -> None:
        rows = modules(text)
        self.side = len(rows)
        boxes = (b"%d %d %d 1 re" % run for run in runs(rows))
        self.path = b"\n".join(boxes) + b"\nf"

    def get_intrinsic_size(self, *_args: Any) -> tuple[float, float, float]:
        """Width, height, ratio."""
        return float(self.side), float(self.side), 1.0

    def draw(self, stream: Any, width: float, height: float, _style: Any) -> None:
        """Paint into WeasyPrint's stream (Any: its own untyped classes)."""
        with stream.stacked():
            stream.transform(width / self.side, 0, 0, height / self.side, 0, 0)
            stream.set_color_rgb(0.0706, 0.1294, 0.1176)
            stream.stream.append(self.path)


class Drawing:
    """An SVG compiled to a form once; later documents re-use what was written."""

    def __init__(self, svg: Any, width: float, height: float) -> None:
        self.svg, self.width, self.height = svg, width, height
        self.group: Any = None
        self.written: tuple[bytes, dict[str, Any]] | None = None

    def get_intrinsic_size(self, *_args: Any) -> tuple[float, float, float]:
        """Width, height, ratio."""
        return self.width, self.height, self.width / self.height

    def forget(self) -> None:
        """The document is finished; the next one gets its own form."""
        self.group = None

    def draw(self, stream: Any, width: float, height: float, style: Any) -> None:
        """Paint the form, making it in this document the first time."""
        known = stream._resources["XObject"]
        if self.group is None or known.get(self.group.id) is not self.group:
            self.group = self._form(stream, style)
        with stream.stacked():
            stream.transform(width / self.width, 0, 0, height / self.height, 0, 0)
            stream.draw_x_object(self.group.id)

    def _form(self, stream: Any, style: Any) -> Any:
        group = stream.add_group(0, 0, self.width, self.height)
        if self.written is None:
            self.svg.draw(group, self.width, self.height, style)
            own = group._resources
            if own["XObject"] or own["Pattern"] or own["Shading"]:
                return group  # clips and patterns belong to one document: drawn anew each time
            raw = b"\n".join(
                part if isinstance(part, bytes) else str(part).encode() for part in group.stream
            )
            self.written = (zlib.compress(raw, 9), dict(own["ExtGState"]))
        group.stream = [self.written[0]]
        group.compress = False
        group.extra["Filter"] = "/FlateDecode"
        group._resources["ExtGState"].update(self.written[1])
        return group
