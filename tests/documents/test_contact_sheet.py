"""Contact sheets: every page is there, in order."""

import io
from dataclasses import replace

from PIL import Image

from tests.documents.cast import ORDINARY, code
from tests.support.pdf import codes
from visitplanner.documents.badges import render_badges
from visitplanner.documents.contact_sheet import contact_sheets


def test_every_page_stands_on_a_sheet_in_order() -> None:
    badges = [replace(ORDINARY, code=code(n)) for n in range(1, 8)]
    sheets = contact_sheets(render_badges(badges), columns=2, rows=2, dpi=200)
    seen = []
    for sheet in sheets:
        with Image.open(io.BytesIO(sheet)) as picture:
            assert picture.format == "PNG"
            seen += [found.text for found in codes(picture.convert("RGB"))]
    assert len(sheets) == 2
    assert seen == [badge.code for badge in badges]
