"""Badges: values in, PDF out. Names are measured first and never cut or broken inside a word."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from visitplanner.documents.badge_fit import Face, fit_badge
from visitplanner.documents.layout import environment, style
from visitplanner.documents.merging import merged
from visitplanner.documents.press import PRESS, Sheet
from visitplanner.documents.typefaces import demand_glyphs

LAYOUTS = ("a6", "cr80")
CHUNK = 24


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
        badge.word, badge.word_second,
    )  # fmt: skip


def render_badges(
    badges: Sequence[BadgeValues],
    *,
    layout: str = "a6",
    sheet: str | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> bytes:
    """One PDF with a badge a page, or four A6 badges on an A4 sheet with `sheet="a4"`.

    Raises Refusal: `glyph-missing` (person, character, codepoint), `unknown-layout`,
    `print-failed`. `progress(done, total)` may raise to stop.
    """
    for badge in badges:
        demand_glyphs(badge.person, *texts_of(badge))
    parts = []
    for start in range(0, len(badges), CHUNK):
        parts.append(_print(badges[start : start + CHUNK], layout, sheet))
        if progress is not None:
            progress(min(start + CHUNK, len(badges)), len(badges))
    return merged(parts)


def _print(badges: Sequence[BadgeValues], layout: str, sheet: str | None) -> bytes:
    faces: list[Face] = []
    codes: dict[str, str] = {}
    flags: dict[str, str] = {}
    pictures: dict[str, bytes] = {}
    for number, badge in enumerate(badges):
        face = fit_badge(badge, layout)
        codes[f"app:code/{number}"] = badge.code
        photo = flag = ""
        if badge.photo is not None and layout == "a6":
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
            sheet=sheet if layout == "a6" else None,
            layout=layout,
            language=badges[0].language,
            title="Badges",
        )
    )
    return PRESS.print(
        Sheet(
            html,
            style("badge"),
            codes=codes,
            flags=flags,
            drawings={"app:band": "img:band.svg"},
            pictures=pictures,
        )
    )
