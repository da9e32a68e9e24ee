"""Fitting a badge's texts: the largest sizes at which everything stands in its room."""

import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from visitplanner.documents.badge_rooms import ROOMS, Room, Sizes, Strip
from visitplanner.documents.layout import HEIGHTS, Line, set_lines
from visitplanner.documents.measure import fits, largest, wrap
from visitplanner.domain.names import capitals
from visitplanner.domain.refusals import Refusal

if TYPE_CHECKING:
    from visitplanner.documents.badges import BadgeValues

RIGHT_TO_LEFT = ("ar", "fa", "ur", "he")
WRITTEN_FIRST = ("zh", "ja", "ko")
SENDER_STEPS = (7.0, 6.4, 5.6, 5.0, 4.6, 4.2, 3.8, 3.4, 3.0, 2.6, 2.2)
SENDER_LEADING = 1.06
GIVE_WAY = 3  # from this size class on a very long word is set smaller than its class


@dataclass(frozen=True, slots=True)
class Face:
    """A badge ready for the template: lines with their sizes, addresses of its pictures."""

    ribbon: str
    letter: str
    serial: str
    zones: tuple[str, ...]
    group: str
    group_words: tuple[str, ...]
    stamp: str
    panel: str
    band: bool
    tight: bool
    small_flag: bool
    event: list[Line]
    event_second: list[Line]
    sender: list[Line]
    sender_second: list[Line]
    names: list[list[Line]]
    job: list[Line]
    job_second: list[Line]
    word: Line
    word_second: Line | None
    code: str = ""
    photo: str = ""
    flag: str = ""
    used: float = 0.0


def fit_badge(badge: "BadgeValues", layout: str) -> Face:
    """The face of a badge in the largest size class that fits its room.

    Names stand whole in every class. On small cards the position's second language gives way
    before the letters become too small. Raises Refusal("unknown-layout"), and
    Refusal("badge-too-full") when a text is so long that not even the last class holds it.
    """
    room = ROOMS.get(layout)
    if room is None:
        raise Refusal("unknown-layout", layout=layout)
    without_second = replace(badge, job_second="")
    for number, sizes in enumerate(room.sizes):
        for shown in (badge, without_second) if number >= room.full_until else (badge,):
            face = _set(shown, room, sizes, shrink=number >= GIVE_WAY)
            if face is not None and face.used <= room.height:
                return face
    raise Refusal("badge-too-full", person=badge.person)


def _set(badge: "BadgeValues", room: Room, sizes: Sizes, *, shrink: bool) -> Face | None:
    names = _names(badge, room, sizes, shrink)
    if names is None:
        return None
    sender, sender_second, small = _sender(badge, room, sizes)
    job = wrap(badge.job, sizes.job, room.width, "medium")
    second = (
        []
        if badge.job_second == badge.job
        else wrap(badge.job_second, sizes.job_second, room.width)
    )
    if not fits(job, sizes.job, room.width, "medium"):
        return None
    return Face(
        ribbon=badge.ribbon,
        letter=badge.letter,
        serial=badge.serial,
        zones=badge.zones,
        group=badge.group,
        group_words=badge.group_words,
        stamp=badge.stamp,
        panel=badge.panel,
        band=room.band,
        tight=sizes.tight,
        small_flag=small,
        event=_strip(badge.event, room.event, "voice"),
        event_second=_strip(badge.event_second, room.event_second),
        sender=sender,
        sender_second=sender_second,
        names=names,
        job=set_lines(job, sizes.job),
        job_second=set_lines(second, sizes.job_second),
        word=_one(badge.word, room.word, "bold"),
        word_second=_one(badge.word_second, room.word_second)
        if badge.word_second and badge.word_second != badge.word
        else None,
        used=_height(room, sizes, names, job, second),
    )


def _sender(badge: "BadgeValues", room: Room, sizes: Sizes) -> tuple[list[Line], list[Line], bool]:
    """State or organisation beside the photo, under the flag, in what height there is.

    A long name gets a smaller flag (the last value) when that makes its letters larger.
    """
    tight = int(sizes.tight)
    emblem = bool(badge.flag or badge.panel)
    beside = (badge.photo is not None) if room.photo else emblem
    wide = room.beside[tight] if beside else room.width
    second_size, second = _second_sender(badge, room, wide)
    full = room.identity[tight] - (3.0 if room.photo else 0.0)
    full -= len(second) * second_size * SENDER_LEADING
    small, best = sizes.tight, (0.0, [""])
    for number in range(tight, 2 if emblem and room.photo else tight + 1):
        left = full - (room.emblem[number] if emblem else 0.0)
        found = _largest_sender(badge.sender, room, sizes, wide, left)
        if found[0] > best[0] + 0.3:
            small, best = bool(number), found
    if not best[0]:
        best = largest(badge.sender, wide, (2.2, 1.8), "voice", room.sender_lines)
    return set_lines(best[1], best[0]), set_lines(second, second_size), small


def _largest_sender(
    text: str, room: Room, sizes: Sizes, wide: float, left: float
) -> tuple[float, list[str]]:
    for size in SENDER_STEPS:
        rows = wrap(text, size, wide, "voice")
        short = len(rows) <= room.sender_lines and len(rows) * size * SENDER_LEADING <= left
        if size <= sizes.sender and short and fits(rows, size, wide, "voice"):
            return size, rows
    return 0.0, []


def _second_sender(badge: "BadgeValues", room: Room, wide: float) -> tuple[float, list[str]]:
    if not badge.sender_second or badge.sender_second == badge.sender:
        return 0.0, []
    for lines in range(1, max(2, room.sender_lines)):
        for size in room.sender_second:
            rows = wrap(badge.sender_second, size, wide)
            if len(rows) <= lines and fits(rows, size, wide):
                return size, rows
    return largest(badge.sender_second, wide, (room.sender_second[-1],), lines=1)


def _strip(text: str, strip: Strip, kind: str = "regular") -> list[Line]:
    if not strip.sizes or not text:
        return []
    size, rows = largest(text, strip.room, strip.sizes, kind)
    return set_lines(rows, size)


def _one(text: str, strip: Strip, kind: str = "regular") -> Line:
    size, rows = largest(text, strip.room, strip.sizes, kind)
    return Line(" ".join(rows), f"z{round(size * 10)}")


def _names(badge: "BadgeValues", room: Room, sizes: Sizes, shrink: bool) -> list[list[Line]] | None:
    surname = capitals(badge.family, badge.native_language or "en")
    given = badge.given
    if badge.name_order == "mononym" or not (surname and given):
        surname, given = capitals(badge.family or badge.given), ""
    first = _fitted(surname, sizes.surname, room.width, "bold", sizes.lines, shrink)
    second = _fitted(given, sizes.given, room.width, "regular", sizes.lines, shrink)
    if first is None or second is None:
        return None
    heavy = set_lines(first[1], first[0], "heavy")
    light = set_lines(second[1], second[0])
    rows = [heavy, light] if badge.name_order == "family_first" else [light, heavy]
    own = _own_writing(badge, room, sizes)
    if badge.native_language in WRITTEN_FIRST:
        rows.insert(0, own)
    else:
        rows.append(own)
    if badge.honorific:
        rows.insert(0, _strip(badge.honorific, Strip(room.width, (sizes.job_second,))))
        rows[0] = [replace(line, classes=f"{line.classes} quiet") for line in rows[0]]
    if badge.second_name and not _same(badge.second_name, badge, badge.native):
        size, lines = largest(badge.second_name, room.width, (sizes.second,), lines=2)
        rows.append(set_lines(lines, size, "quiet"))
    return [row for row in rows if row]


def _own_writing(badge: "BadgeValues", room: Room, sizes: Sizes) -> list[Line]:
    """The name as the person writes it; large and first where the script is Chinese or Korean."""
    if not badge.native or _same(badge.native, badge, ""):
        return []
    first = badge.native_language in WRITTEN_FIRST
    size, lines = largest(
        badge.native, room.width, (sizes.given if first else sizes.native,), lines=2
    )
    classes = "native" if first else "quiet native"
    language = badge.native_language or ("ar" if is_arabic(badge.native) else "")
    return set_lines(lines, size, classes, language)


def is_arabic(text: str) -> bool:
    """Whether a text is of the Arabic script, whatever its language."""
    return any(unicodedata.bidirectional(char) == "AL" for char in text)


def _same(text: str, badge: "BadgeValues", also: str) -> bool:
    """Whether the line would repeat the Latin name or the line above it, in whatever order."""
    return _words(text) in (_words(f"{badge.given} {badge.family}"), _words(also))


def _words(text: str) -> list[str]:
    return sorted(text.casefold().replace(",", " ").split())


def _fitted(
    text: str, size: float, room: float, kind: str, lines: int, shrink: bool
) -> tuple[float, list[str]] | None:
    if not text:
        return size, []
    if shrink:
        return largest(text, room, (size,), kind, lines)
    broken = wrap(text, size, room, kind)
    if len(broken) > lines or not fits(broken, size, room, kind):
        return None
    return size, broken


def _height(
    room: Room, sizes: Sizes, names: list[list[Line]], job: list[str], second: list[str]
) -> float:
    total = room.identity[int(sizes.tight)] + room.gap
    for row in names:
        for line in row:
            size = int(line.classes.split()[0][1:]) / 10
            own = "native" in line.classes
            tall = 1.6 if line.language in RIGHT_TO_LEFT else 1.36 if own else 1.1
            total += size * HEIGHTS.get(line.classes.split()[-1], tall)
    return total + len(job) * sizes.job * 1.22 + len(second) * sizes.job_second * 1.22
