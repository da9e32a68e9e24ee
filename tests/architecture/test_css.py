"""Style sheets mirror by themselves; pages carry no inline style, handler or script."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SHEETS = sorted(path for path in (ROOT / "static/css").rglob("*.css") if "papers" not in path.name)
# Papers are drawn by WeasyPrint, not shown under the policy of pages; mails know no style sheets.
PAGES = sorted(
    path
    for path in (ROOT / "templates").rglob("*.html")
    if not {"pdf", "mail"} & set(path.relative_to(ROOT / "templates").parts)
)

PHYSICAL = re.compile(
    r"(?:^|[{;\s])("
    r"(?:(?:margin|padding|border|scroll-margin|scroll-padding)-)?(?:left|right)"
    r"|border-(?:left|right)-(?:width|style|color)"
    r"|border-(?:top|bottom)-(?:left|right)-radius"
    r")\s*:"
    r"|(?:text-align|float|clear)\s*:\s*(?:left|right)\b"
)
FOUR_SIDES = re.compile(r"(?:margin|padding|inset|border-width)\s*:\s*([^;}]+)")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
JINJA_COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)


def sides(value: str) -> list[str]:
    """Split a shorthand at spaces outside brackets."""
    return re.findall(r"(?:[^\s()]+|\([^()]*(?:\([^()]*\)[^()]*)*\))+", value)


def css_faults(text: str) -> list[str]:
    """Physical properties, and shorthands whose inline sides differ."""
    plain = COMMENT.sub("", text)
    faults = [match.group(0).strip() for match in PHYSICAL.finditer(plain)]
    for match in FOUR_SIDES.finditer(plain):
        values = sides(match.group(1))
        if len(values) == 4 and values[1] != values[3]:
            faults.append(match.group(0))
    return faults


def page_faults(text: str) -> list[str]:
    """What the policy of pages would refuse."""
    plain = JINJA_COMMENT.sub("", text)
    faults = re.findall(r"<[^>]*\s(style\s*=)", plain)
    faults += re.findall(r"<[^>]*\s(on[a-z]+\s*=)", plain)
    faults += re.findall(r"<style\b", plain)
    faults += re.findall(r"hx-on[:-]|hx-[a-z]+=\"js:|javascript:", plain)
    for attributes in re.findall(r"<script\b([^>]*)>", plain):
        if "src=" not in attributes and 'type="application/json"' not in attributes:
            faults.append(f"<script{attributes}>")
    faults += re.findall(r"(?:src|href|action)=[\"'](?:https?:)?//[^\"']+", plain)
    return faults


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_style_sheets_use_logical_properties(sheet: Path) -> None:
    """Arabic pages need no second sheet."""
    assert css_faults(sheet.read_text()) == []


@pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_pages_carry_nothing_inline(page: Path) -> None:
    """Strict policy: everything in files of our own."""
    assert page_faults(page.read_text()) == []


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_every_file_a_sheet_names_is_there(sheet: Path) -> None:
    """Fonts and pictures resolve from where the sheet stands."""
    for address in re.findall(r"url\(\s*[\"']?([^)\"']+)", COMMENT.sub("", sheet.read_text())):
        assert (sheet.parent / address).is_file(), address


def test_the_checks_see_what_they_forbid() -> None:
    """Made-up faults are found."""
    assert css_faults("a{margin-left:1px}") == ["{margin-left:"]
    assert css_faults("a{left:0}") == ["{left:"]
    assert css_faults("a{text-align:right}") == ["text-align:right"]
    assert css_faults("a{padding:1px 2px 3px 4px}") == ["padding:1px 2px 3px 4px"]
    assert (
        css_faults("a{padding:1px calc(1px + 2px) 3px calc(1px + 2px);inset-inline-start:0}") == []
    )
    assert page_faults('<p style="color:red" onclick="x()">') == ["style=", "onclick="]
    assert page_faults("<script>alert(1)</script>") == ["<script>"]
    assert page_faults('<script src="//elsewhere.example/x.js"></script>')
    assert page_faults('<a href="/on=1" data-one="x">') == []
