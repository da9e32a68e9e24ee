"""Fitting a badge's texts: the largest sizes at which everything stands in its room."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from visitplanner.documents.layout import HEIGHTS, Line, set_lines
from visitplanner.documents.measure import fits, largest, wrap
from visitplanner.domain.names import capitals
from visitplanner.domain.refusals import Refusal

if TYPE_CHECKING:
    from visitplanner.documents.badges import BadgeValues

RIGHT_TO_LEFT = ("ar", "fa", "ur", "he")


@dataclass(frozen=True, slots=True)
class Room:
    """The room of a layout in mm: text width, height for identity, names and position."""

    width: float
    height: float
    sender: float
    identity: float
    tight_identity: float
    bar: float
    event: tuple[float, ...]
    sizes: tuple["Sizes", ...]


@dataclass(frozen=True, slots=True)
class Sizes:
    """One size class: mm of surname, given name, native line, second line, position, second."""

    surname: float
    given: float
    native: float
    second: float
    job: float
    job_second: float
    sender: float
    tight: bool = False
    lines: int = 2


A6 = Room(
    width=82.5,
    height=79.0,
    sender=54.5,
    identity=32.0,
    tight_identity=26.0,
    bar=80.0,
    event=(4.9, 4.5, 4.1, 3.7, 3.3),
    sizes=(
        Sizes(10.2, 7.0, 5.2, 4.2, 3.7, 3.0, 7.0, lines=1),
        Sizes(8.8, 6.4, 5.2, 4.2, 3.7, 3.0, 7.0, lines=1),
        Sizes(8.8, 6.4, 5.2, 4.2, 3.7, 3.0, 6.4),
        Sizes(7.4, 6.0, 4.8, 4.0, 3.5, 2.9, 6.0),
        Sizes(6.3, 5.4, 4.4, 3.6, 3.2, 2.7, 5.0, tight=True),
        Sizes(5.2, 4.8, 4.1, 3.4, 3.1, 2.6, 4.4, tight=True, lines=3),
        Sizes(4.4, 4.2, 3.8, 3.2, 2.8, 2.4, 4.0, tight=True, lines=3),
        Sizes(3.6, 3.6, 3.4, 3.0, 2.5, 2.3, 3.6, tight=True, lines=4),
        Sizes(3.2, 3.2, 3.0, 2.8, 2.2, 2.0, 3.4, tight=True, lines=5),
        Sizes(2.8, 2.8, 2.6, 2.5, 1.9, 1.8, 3.0, tight=True, lines=6),
    ),
)
CR80 = Room(
    width=50.0,
    height=40.5,
    sender=40.0,
    identity=7.0,
    tight_identity=7.0,
    bar=70.0,
    event=(2.6,),
    sizes=(
        Sizes(6.4, 4.6, 3.4, 2.9, 2.6, 2.3, 4.6, lines=1),
        Sizes(5.5, 4.4, 3.2, 2.8, 2.5, 2.2, 4.2),
        Sizes(4.7, 4.0, 3.0, 2.6, 2.3, 2.0, 3.6),
        Sizes(3.8, 3.4, 2.6, 2.4, 2.0, 1.9, 3.0, lines=3),
        Sizes(3.0, 2.8, 2.4, 2.2, 1.8, 1.7, 2.6, lines=4),
    ),
)
GIVE_WAY = 3  # from this size class on a very long word is set smaller than its class
ROOMS = {"a6": A6, "cr80": CR80}


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
    used: float = field(default=0.0)


def fit_badge(badge: "BadgeValues", layout: str) -> Face:
    """The face of a badge in the largest size class that fits its room.

    Raises Refusal("unknown-layout"). The last class takes the widest word at whatever size fits.
    """
    room = ROOMS.get(layout)
    if room is None:
        raise Refusal("unknown-layout", layout=layout)
    for number, sizes in enumerate(room.sizes):
        face = _set(badge, room, sizes, layout, shrink=number >= GIVE_WAY)
        if face is not None and face.used <= room.height:
            return face
    return _set(badge, room, room.sizes[-1], layout, shrink=True) or _never()


def _never() -> Face:
    raise Refusal("print-failed", reason="a name that fits no size")


def _set(
    badge: "BadgeValues", room: Room, sizes: Sizes, layout: str, *, shrink: bool = False
) -> Face | None:
    names = _names(badge, room, sizes, shrink)
    if names is None:
        return None
    sender, sender_second = _sender(badge, room, sizes, layout)
    job = wrap(badge.job, sizes.job, room.width, "medium")
    second = wrap(badge.job_second, sizes.job_second, room.width)
    if badge.job_second == badge.job:
        second = []
    return Face(
        ribbon=badge.ribbon,
        letter=badge.letter,
        serial=badge.serial,
        zones=badge.zones,
        group=badge.group,
        group_words=badge.group_words,
        stamp=badge.stamp,
        panel=badge.panel,
        band=layout == "a6",
        tight=sizes.tight,
        event=_event(badge.event, room, layout),
        event_second=set_lines(*_turn(largest(badge.event_second, room.width, (2.6, 2.3, 2.0))))
        if layout == "a6"
        else [],
        sender=set_lines(sender[1], sender[0]),
        sender_second=set_lines(sender_second[1], sender_second[0])
        if badge.sender_second != badge.sender
        else [],
        names=names,
        job=set_lines(job, sizes.job),
        job_second=set_lines(second, sizes.job_second),
        word=_one(badge.word, room.bar * 0.56, (6.6, 6.0, 5.2, 4.4), "bold")
        if layout == "a6"
        else _one(badge.word, room.bar * 0.5, (4.1, 3.6, 3.0), "bold"),
        word_second=_word_second(badge, room, layout),
        used=_height(room, sizes, names, job, second),
    )


def _sender(
    badge: "BadgeValues", room: Room, sizes: Sizes, layout: str
) -> tuple[tuple[float, list[str]], tuple[float, list[str]]]:
    """State or organisation beside the photo, under the flag, in what height there is."""
    if layout == "cr80":
        return (
            largest(badge.sender, room.sender, (sizes.sender, 3.0), "voice", 1),
            largest(badge.sender_second, room.sender, (2.2,), lines=1),
        )
    wide = (59.5 if sizes.tight else room.sender) if badge.photo else room.width
    tall = (22.6 if sizes.tight else 28.6) - (
        (12.5 if sizes.tight else 16.8) if badge.flag or badge.panel else 0.0
    )
    steps = [size for size in (7.0, 6.4, 5.6, 5.0, 4.4, 3.9, 3.4, 3.0) if size <= sizes.sender]
    second = largest(badge.sender_second, wide, (3.1, 2.7, 2.4, 2.1), lines=1)
    if len(second[1]) > 1 or second[0] < 2.1:
        second = largest(badge.sender_second, wide, (2.4, 2.1), lines=2)
    left = tall - len(second[1]) * second[0] * 1.12
    for size in steps:
        rows = wrap(badge.sender, size, wide, "voice")
        if fits(rows, size, wide, "voice") and len(rows) * size * 1.12 <= left:
            return (size, rows), second
    return largest(badge.sender, wide, (steps[-1], 2.6), "voice", 4), second


def _turn(found: tuple[float, list[str]]) -> tuple[list[str], float]:
    return found[1], found[0]


def _event(text: str, room: Room, layout: str) -> list[Line]:
    if layout != "a6":
        return []
    size, rows = largest(text, room.width, room.event, "voice")
    return set_lines(rows, size)


def _word_second(badge: "BadgeValues", room: Room, layout: str) -> Line | None:
    if not badge.word_second or badge.word_second == badge.word:
        return None
    if layout == "cr80":
        return _one(badge.word_second, room.bar * 0.36, (2.8, 2.4, 2.0), "regular")
    return _one(badge.word_second, room.bar * 0.4, (4.6, 4.0, 3.4, 2.9), "regular")


def _one(text: str, room: float, sizes: tuple[float, ...], kind: str) -> Line:
    size, rows = largest(text, room, sizes, kind)
    return Line(" ".join(rows), f"z{round(size * 10)}")


def _names(badge: "BadgeValues", room: Room, sizes: Sizes, shrink: bool) -> list[list[Line]] | None:
    surname = capitals(badge.family, badge.native_language or "en")
    given, size_given = badge.given, sizes.given
    if badge.name_order == "mononym" or not (surname and given):
        surname, given = capitals(badge.family or badge.given), ""
    first = _fitted(surname, sizes.surname, room.width, "bold", sizes.lines, shrink)
    second = _fitted(given, size_given, room.width, "regular", sizes.lines, shrink)
    if first is None or second is None:
        return None
    heavy = set_lines(first[1], first[0], "heavy")
    light = set_lines(second[1], second[0])
    rows = [heavy, light] if badge.name_order == "family_first" else [light, heavy]
    if badge.honorific:
        rows.insert(0, set_lines([badge.honorific], sizes.job_second, "quiet"))
    for text, size, language in (
        (badge.native, sizes.native, badge.native_language),
        (badge.second_name, sizes.second, ""),
    ):
        found = _fitted(text, size, room.width, "regular", 2, True)
        if text and found and not _same(text, badge, badge.native if size is sizes.second else ""):
            classes = "quiet native" if language else "quiet"
            rows.append(set_lines(found[1], found[0], classes, language))
    return [row for row in rows if row]


def _same(text: str, badge: "BadgeValues", also: str) -> bool:
    """Whether the line would repeat the Latin name or the line above it."""
    latin = {
        f"{badge.given} {badge.family}".strip().casefold(),
        f"{badge.family} {badge.given}".strip().casefold(),
    }
    return text.casefold() in latin or text.casefold() == also.casefold()


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
    total = room.tight_identity if sizes.tight else room.identity
    total += 4.8
    for row in names:
        for line in row:
            size = int(line.classes.split()[0][1:]) / 10
            tall = 1.6 if line.language in RIGHT_TO_LEFT else 1.36 if line.language else 1.1
            tall = HEIGHTS.get(line.classes.split()[-1], tall)
            total += size * tall
    return total + len(job) * sizes.job * 1.22 + len(second) * sizes.job_second * 1.22
