"""The layouts of badges: how much room each gives its texts, and the size classes it offers."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sizes:
    """One size class, in mm: surname, given name, native line, second line, position, second.

    `lines` is how many lines a part of the name may take; `tight` makes photo and flag smaller.
    """

    surname: float
    given: float
    native: float
    second: float
    job: float
    job_second: float
    sender: float
    tight: bool = False
    lines: int = 2


@dataclass(frozen=True, slots=True)
class Strip:
    """Room in mm for a text of one line, and its sizes from the largest down."""

    room: float
    sizes: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Room:
    """A layout, lengths in mm; pairs are for the roomy and the tight setting.

    `height` is for identity, names and position together, `gap` the space between them.
    `identity` is the height of photo and flag, `emblem` what the flag takes of it above the
    sender's name, `beside` the width of that name next to a photo. Strips without sizes are
    left out.
    """

    page: tuple[float, float]
    width: float
    height: float
    gap: float
    identity: tuple[float, float]
    emblem: tuple[float, float]
    beside: tuple[float, float]
    sender_lines: int
    sender_second: tuple[float, ...]
    photo: bool
    band: bool
    event: Strip
    event_second: Strip
    word: Strip
    word_second: Strip
    sizes: tuple[Sizes, ...]
    full_until: int
    """From this size class on the position's second language gives way where it does not fit."""


A6 = Room(
    page=(105.0, 148.0),
    width=82.5,
    height=79.0,
    gap=4.8,
    identity=(32.0, 26.0),
    emblem=(16.8, 12.5),
    beside=(54.5, 59.5),
    sender_lines=4,
    sender_second=(3.1, 2.7, 2.4, 2.1),
    photo=True,
    band=True,
    event=Strip(82.5, (4.9, 4.5, 4.1, 3.7, 3.3)),
    event_second=Strip(82.5, (2.6, 2.3, 2.0)),
    word=Strip(44.8, (6.6, 6.0, 5.2, 4.4)),
    word_second=Strip(32.0, (4.6, 4.0, 3.4, 2.9)),
    full_until=9,
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
    page=(85.6, 53.98),
    width=50.0,
    height=40.6,
    gap=2.6,
    identity=(6.4, 6.4),
    emblem=(0.0, 0.0),
    beside=(40.0, 40.0),
    sender_lines=1,
    sender_second=(2.2, 1.9),
    photo=False,
    band=False,
    event=Strip(0.0, ()),
    event_second=Strip(0.0, ()),
    word=Strip(35.0, (4.1, 3.6, 3.0)),
    word_second=Strip(25.0, (2.8, 2.4, 2.0)),
    full_until=2,
    sizes=(
        Sizes(6.4, 4.6, 3.4, 2.9, 2.6, 2.3, 4.6, lines=1),
        Sizes(5.5, 4.4, 3.2, 2.8, 2.5, 2.2, 4.2),
        Sizes(4.7, 4.0, 3.0, 2.6, 2.3, 2.0, 3.6),
        Sizes(3.8, 3.4, 2.6, 2.4, 2.0, 1.9, 3.0, lines=3),
        Sizes(3.0, 2.8, 2.4, 2.2, 1.8, 1.7, 2.6, lines=4),
        Sizes(2.6, 2.5, 2.2, 2.0, 1.6, 1.6, 2.4, lines=5),
        Sizes(2.2, 2.1, 1.9, 1.8, 1.5, 1.5, 2.2, lines=6),
    ),
)

CARD_4X3 = Room(
    page=(101.6, 76.2),
    width=57.0,
    height=51.0,
    gap=3.6,
    identity=(22.5, 18.5),
    emblem=(10.6, 8.0),
    beside=(36.5, 40.0),
    sender_lines=3,
    sender_second=(2.4, 2.1, 1.9),
    photo=True,
    band=False,
    event=Strip(57.0, (3.6, 3.2, 2.8, 2.4)),
    event_second=Strip(57.0, (2.1, 1.8)),
    word=Strip(46.0, (5.2, 4.6, 4.0, 3.4)),
    word_second=Strip(32.0, (3.6, 3.2, 2.8, 2.4)),
    full_until=3,
    sizes=(
        Sizes(7.0, 4.8, 3.8, 3.1, 2.8, 2.4, 5.0, lines=1),
        Sizes(6.0, 4.4, 3.6, 3.0, 2.7, 2.3, 4.6, lines=1),
        Sizes(6.0, 4.4, 3.6, 2.9, 2.6, 2.2, 4.6, tight=True),
        Sizes(4.8, 3.8, 3.0, 2.7, 2.4, 2.1, 4.0, tight=True),
        Sizes(4.0, 3.4, 2.8, 2.5, 2.2, 2.0, 3.4, tight=True, lines=3),
        Sizes(3.2, 3.0, 2.6, 2.3, 1.9, 1.8, 3.0, tight=True, lines=4),
        Sizes(2.7, 2.6, 2.3, 2.1, 1.7, 1.6, 2.6, tight=True, lines=5),
        Sizes(2.3, 2.2, 2.0, 1.9, 1.5, 1.5, 2.4, tight=True, lines=6),
    ),
)

ROOMS = {"a6": A6, "cr80": CR80, "4x3": CARD_4X3}
"""The layouts that are set."""
SCALED = {"a7": "a6", "a5": "a6"}
"""The layouts that are another one made smaller or larger."""
PAGES = {name: room.page for name, room in ROOMS.items()} | {
    "a7": (74.0, 105.0),
    "a5": (148.0, 210.0),
}
"""Width and height in mm."""
LAYOUTS = ("a6", "cr80", "4x3", "a7", "a5")
