"""Placing finished pages on larger sheets: booklets to fold, cards to cut, pages scaled."""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pikepdf

MM = 72 / 25.4
A4 = (210.0, 297.0)
MARK = 4.0  # length of a crop mark, mm
HAIR = 0.1


@dataclass(frozen=True, slots=True)
class Place:
    """A page of the source (from 0) and where its lower left corner lies, in mm."""

    page: int
    x: float
    y: float


def saved(pdf: pikepdf.Pdf) -> bytes:
    """The bytes of `pdf`; the same pages give the same bytes."""
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True)
    return out.getvalue()


def booklet_of(pdf: bytes) -> bytes:
    """A5 pages as A4 sheets to print on both sides (short edge), fold once and staple."""
    with pikepdf.open(io.BytesIO(pdf)) as source:
        count = len(source.pages)
        padded = -(-count // 4) * 4
        sheets = []
        for sheet in range(padded // 4):
            outer, inner = padded - 1 - 2 * sheet, 2 * sheet
            sheets.append((outer, inner))
            sheets.append((inner + 1, outer - 1))
        half = A4[1] / 2
        places = [
            [Place(page, x, 0) for page, x in zip(sides, (0.0, half), strict=True) if page < count]
            for sides in sheets
        ]
        return _placed(source, places, (A4[1], A4[0]), lambda _: "")


def cards_on_a4(pdf: bytes, width: float, height: float, *, bar: float = 0.0) -> bytes:
    """Cards of `width` × `height` mm side by side on A4, with crop marks outside the block.

    `bar` is unused room between cards in mm.
    """
    upright = _grid(A4, width, height, bar)
    lying = _grid((A4[1], A4[0]), width, height, bar)
    turned = lying[0] * lying[1] > upright[0] * upright[1]
    sheet = (A4[1], A4[0]) if turned else A4
    columns, rows = lying if turned else upright
    left = (sheet[0] - columns * width - (columns - 1) * bar) / 2
    low = (sheet[1] - rows * height - (rows - 1) * bar) / 2
    spots = [
        (left + column * (width + bar), low + (rows - 1 - row) * (height + bar))
        for row in range(rows)
        for column in range(columns)
    ]
    with pikepdf.open(io.BytesIO(pdf)) as source:
        pages = range(len(source.pages))
        places = [
            [
                Place(page, *spot)
                for page, spot in zip(pages[at : at + len(spots)], spots, strict=False)
            ]
            for at in range(0, len(pages), len(spots))
        ]
        xs = [x for spot in spots for x in (spot[0], spot[0] + width)]
        ys = [y for spot in spots for y in (spot[1], spot[1] + height)]
        return _placed(source, places, sheet, lambda _: _marks(sheet, xs, ys))


def scaled(pdf: bytes, size: tuple[float, float]) -> bytes:
    """Every page with all that is on it, made to fit `size` in mm; tags and texts stay."""
    with pikepdf.open(io.BytesIO(pdf)) as source:
        for page in source.pages:
            box = [float(side) for side in page.mediabox]
            wide, tall = size[0] * MM / (box[2] - box[0]), size[1] * MM / (box[3] - box[1])
            page.contents_add(f"q {wide:.6f} 0 0 {tall:.6f} 0 0 cm".encode(), prepend=True)
            page.contents_add(b"Q")
            for key in ("/TrimBox", "/CropBox", "/BleedBox"):
                if key in page:
                    del page[key]
            page.mediabox = pikepdf.Array([0, 0, *(round(side * MM, 4) for side in size)])
        return saved(source)


def _grid(sheet: tuple[float, float], width: float, height: float, bar: float) -> tuple[int, int]:
    return int((sheet[0] + bar) // (width + bar)), int((sheet[1] + bar) // (height + bar))


def _marks(sheet: tuple[float, float], xs: Sequence[float], ys: Sequence[float]) -> str:
    """Crop marks in the margins; where there is no margin they reach into the cards a little."""
    lines = [f"q 0.55 G {HAIR * MM:.3f} w"]
    for x in sorted(set(xs)):
        for start, end in _strokes(ys, sheet[1]):
            lines.append(f"{x * MM:.3f} {start * MM:.3f} m {x * MM:.3f} {end * MM:.3f} l S")
    for y in sorted(set(ys)):
        for start, end in _strokes(xs, sheet[0]):
            lines.append(f"{start * MM:.3f} {y * MM:.3f} m {end * MM:.3f} {y * MM:.3f} l S")
    return "\n".join([*lines, "Q"])


def _strokes(edges: Sequence[float], side: float) -> tuple[tuple[float, float], ...]:
    low, high = min(edges), max(edges)
    if min(low, side - high) < 2:
        return (max(low, 0), low + 2), (min(high, side), high - 2)
    length = min(MARK, min(low, side - high) - 1)
    return (low - 1, low - 1 - length), (high + 1, high + 1 + length)


def _placed(
    source: pikepdf.Pdf,
    sheets: Sequence[Sequence[Place]],
    size: tuple[float, float],
    extra: Callable[[int], str],
) -> bytes:
    """A new PDF of sheets of `size` mm with the source's pages on them."""
    target = pikepdf.new()
    forms: dict[int, pikepdf.Object] = {}
    for number, places in enumerate(sheets):
        target.add_blank_page(page_size=(size[0] * MM, size[1] * MM))
        page = target.pages[-1]
        drawn = []
        names = pikepdf.Dictionary()
        for place in places:
            if place.page not in forms:
                form = source.pages[place.page].as_form_xobject()
                forms[place.page] = target.copy_foreign(form)
            name = f"/P{place.page}"
            names[name] = forms[place.page]
            drawn.append(f"q 1 0 0 1 {place.x * MM:.3f} {place.y * MM:.3f} cm {name} Do Q")
        page.Resources = pikepdf.Dictionary(XObject=names)
        drawn.append(extra(number))
        page.Contents = target.make_stream("\n".join(drawn).encode())
    with source.open_metadata(set_pikepdf_as_editor=False) as old:
        title = old.get("dc:title", "")
    if title:
        target.docinfo["/Title"] = title
    return saved(target)
