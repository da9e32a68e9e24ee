"""Texts in several languages, written by forms that offer two of them."""

from typing import Any

OFFERED = ("ru", "en")
"""The languages in which forms of staff ask for texts."""


def put(row: Any, name: str, value: Any) -> None:
    """Set a column; a text that stands as it was keeps its other languages (Any: a row, a value).

    One that was changed loses them: they would say something else than the new words.
    """
    setattr(row, name, kept(getattr(row, name, None), value))


def kept(old: Any, new: Any) -> Any:
    """The old text, with all its languages, where the form left it as it was; else the new one."""
    if not isinstance(old, dict) or not isinstance(new, dict) or set(new) - set(OFFERED):
        return new
    shown = {code: words for code, words in old.items() if code in OFFERED and words}
    return dict(old) if shown == new else new
