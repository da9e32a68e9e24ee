"""The words of verdicts at the door, neutral where a guest may read them.

Values are lazy strings, which have no type of their own (Any).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext

from visitplanner.domain.badges import Verdict

V = Verdict
DESK = lazy_gettext("Please come to the desk with me, you will be met")
WAY = lazy_gettext("This is another entrance, I will show you the way")


@dataclass(frozen=True, slots=True)
class Words:
    """How the door shows a verdict. `say` is for the guest, `note` for whoever scans."""

    kind: str  # admit attention refuse
    word: Any
    say: Any = ""
    note: Any = ""


VERDICTS: Mapping[Verdict, Words] = {
    V.OK: Words("admit", lazy_gettext("Come in")),
    V.OK_CHECK_PHOTO: Words("attention", lazy_gettext("Compare the photograph")),
    V.ALREADY_IN: Words("attention", lazy_gettext("Already in")),
    V.REVOKED: Words("refuse", lazy_gettext("The badge is not valid"), DESK),
    V.EXPIRED: Words("refuse", lazy_gettext("The badge has run out"), DESK),
    V.NOT_YET: Words("refuse", lazy_gettext("Not valid yet"), DESK),
    V.WRONG_EVENT: Words("refuse", lazy_gettext("A badge of another visit"), DESK),
    V.WRONG_ZONE: Words("refuse", lazy_gettext("Not through this door"), WAY),
    V.UNKNOWN_KEY: Words("refuse", lazy_gettext("Not our badge"), DESK),
    V.BAD_SIGNATURE: Words("refuse", lazy_gettext("Not our badge"), DESK),
    V.NOT_A_BADGE: Words(
        "attention",
        lazy_gettext("Not a badge"),
        note=lazy_gettext("Point at the square code of the badge, or type the number beside it"),
    ),
    V.STALE_LIST: Words(
        "attention",
        lazy_gettext("This door is no longer known"),
        note=lazy_gettext("Open the scanner again and choose the door"),
    ),
}
