"""Badges: values in, PDF out. Names are measured first and never cut or broken inside a word."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from visitplanner.documents.badge_fit import Face, fit_badge
from visitplanner.documents.badge_rooms import LAYOUTS, PAGES, ROOMS, SCALED
from visitplanner.documents.imposition import cards_on_a4, scaled
from visitplanner.documents.layout import clean, environment, style
from visitplanner.documents.merging import merged
from visitplanner.documents.press import PRESS, Sheet
from visitplanner.documents.typefaces import demand_glyphs
from visitplanner.domain.refusals import Refusal

CHUNK = 24
BETWEEN = re.compile(r">\s+<")
"""White space between elements: each would be laid out as a box of its own."""


@dataclass(frozen=True, slots=True)
class BadgeValues:
    """All that stands on one badge. First-language texts are the visit's, second the other's.

    `flag` is a name of flag-icons or "" (then `panel`, a short text, or nothing is drawn);
    `photo` is JPEG bytes or None; `ribbon` is a category's weave; `zones` are letters.
    """

    person: str
    code: str
    serial: str
    given: str
    family: str
    name_order: str
    ribbon: str
    letter: str
    word: str
    word_second: str
    event: str
    event_second: str
    sender: str
    sender_second: str = ""
    honorific: str = ""
    native: str = ""
    native_language: str = ""
    second_name: str = ""
    job: str = ""
    job_second: str = ""
    flag: str = ""
    panel: str = ""
    photo: bytes | None = None
    zones: tuple[str, ...] = ()
    group: str = ""
    group_words: tuple[str, ...] = ("группа", "group")
    stamp: str = ""
    language: str = "ru"


def texts_of(badge: BadgeValues) -> tuple[str, ...]:
    """Every text that is printed, for the check of glyphs."""
    return (
        badge.given, badge.family, badge.native, badge.second_name, badge.job, badge.job_second,
        badge.sender, badge.sender_second, badge.event, badge.event_second, badge.honorific,
        badge.word, badge.word_second, badge.panel, badge.serial, badge.group, badge.stamp,
        badge.letter, *badge.group_words, *badge.zones,
    )  # fmt: skip


def cleaned(badge: BadgeValues) -> BadgeValues:
    """The badge with its texts trimmed and free of unseen characters; the code is left alone."""
    texts: dict[str, Any] = {  # Any: names of fields are not known to the type checker
        part.name: clean(getattr(badge, part.name)).strip()
        for part in fields(badge)
        if part.type is str and part.name != "code"
    }
    return replace(badge, **texts)


def render_badges(
    badges: Sequence[BadgeValues],
    *,
    layout: str = "a6",
    sheet: str | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> bytes:
    """One PDF with a badge a page, or with `sheet="a4"` as many on A4 as there is room for.

    `layout` is one of LAYOUTS. Raises Refusal: `glyph-missing` (person, character, codepoint),
    `badge-too-full` (person), `unknown-layout`, `unknown-sheet`, `no-badge`,
    `print-failed`.
    `progress(done, total)` may raise to stop.
    """
    if layout not in LAYOUTS:
        raise Refusal("unknown-layout", layout=layout)
    if sheet not in (None, "a4"):
        raise Refusal("unknown-sheet", sheet=sheet)
    if not badges:
        raise Refusal("no-badge")
    badges = [cleaned(badge) for badge in badges]
    for badge in badges:
        demand_glyphs(badge.person, *texts_of(badge))
    base = SCALED.get(layout, layout)
    on_sheet = sheet if layout == "a6" else None
    parts = []
    for start in range(0, len(badges), CHUNK):
        parts.append(_print(badges[start : start + CHUNK], base, on_sheet))
        if progress is not None:
            progress(min(start + CHUNK, len(badges)), len(badges))
    whole = merged(parts)
    if layout in SCALED:
        whole = scaled(whole, PAGES[layout])
    if sheet and not on_sheet:
        whole = cards_on_a4(whole, *PAGES[layout])
    return whole


def _print(badges: Sequence[BadgeValues], layout: str, sheet: str | None) -> bytes:
    faces: list[Face] = []
    codes: dict[str, str] = {}
    flags: dict[str, str] = {}
    pictures: dict[str, bytes] = {}
    for number, badge in enumerate(badges):
        face = fit_badge(badge, layout)
        codes[f"app:code/{number}"] = badge.code
        photo = flag = ""
        if badge.photo is not None and ROOMS[layout].photo:
            photo = f"app:photo/{number}"
            pictures[photo] = badge.photo
        if badge.flag:
            flag = f"app:flag/{badge.flag}"
            flags[flag] = f"flag:{badge.flag}"
        faces.append(replace(face, code=f"app:code/{number}", photo=photo, flag=flag))
    html = (
        environment()
        .get_template("badges.html")
        .render(
            badges=faces,
            sheet=sheet,
            layout=layout,
            language=badges[0].language,
            title="Badges",
        )
    )
    return PRESS.print(
        Sheet(
            BETWEEN.sub("><", html),
            style("badge"),
            codes=codes,
            flags=flags,
            drawings={"app:band": "img:band.svg"},
            pictures=pictures,
            xml=True,
        )
    )
