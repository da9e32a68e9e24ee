"""A strict reader's cursor: a JSON value that knows its path and refuses the unexpected."""

from __future__ import annotations

import gc
import json
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import cast

LARGEST_FILE = 8 * 1024 * 1024
"""Bytes; a file of the stated limits is far below it."""


LONGEST_NUMBER = 30


class ProblemFault(ValueError):  # noqa: N818 - a fault is the word of the trade
    """A file that cannot be read as what it should be: where, a stable code, and words."""

    def __init__(self, path: str, code: str, text: str) -> None:
        super().__init__(f"{path}: {text}")
        self.path = path
        self.code = code
        self.text = text


@dataclass(frozen=True, slots=True)
class Field:
    """A value of the document with its path (`$.stops[2].visit`)."""

    path: str
    value: object

    def refuse(self, code: str, text: str) -> ProblemFault:
        """The fault to raise about this field."""
        return ProblemFault(self.path, code, text)

    def object(self, required: Collection[str], optional: Collection[str] = ()) -> dict[str, Field]:
        """The members of an object whose keys are known; unknown and missing keys are refused."""
        if not isinstance(self.value, dict):
            raise self.refuse("type", "must be an object")
        for key in self.value:
            if key not in required and key not in optional:
                raise ProblemFault(f"{self.path}.{key}", "unknown-key", f"unknown key “{key}”")
        for key in required:
            if key not in self.value:
                raise ProblemFault(f"{self.path}.{key}", "missing", "is required")
        return self.members()

    def members(self) -> dict[str, Field]:
        """The members of an object with free keys."""
        if not isinstance(self.value, dict):
            raise self.refuse("type", "must be an object")
        return {str(k): Field(f"{self.path}.{k}", v) for k, v in self.value.items()}

    def items(self, most: int | None = None, least: int = 0) -> Iterator[Field]:
        """The items of a list of at least `least` and at most `most`."""
        if not isinstance(self.value, list):
            raise self.refuse("type", "must be a list")
        if most is not None and len(self.value) > most:
            raise self.refuse("limit", f"has {len(self.value)} items, the limit is {most}")
        if len(self.value) < least:
            raise self.refuse("too-few", f"must have at least {least}")
        return (Field(f"{self.path}[{i}]", v) for i, v in enumerate(self.value))

    def integer(self, low: int, high: int) -> int:
        """A whole number within the bounds, both included; 10.0 is a fraction here."""
        if isinstance(self.value, float):
            raise self.refuse("fraction", f"must be a whole number, not {self.value}")
        if isinstance(self.value, bool) or not isinstance(self.value, int):
            raise self.refuse("type", "must be a whole number")
        if not low <= self.value <= high:
            raise self.refuse("range", f"must lie between {low} and {high}, is {self.value}")
        return self.value

    def text(self, longest: int = 500, least: int = 1) -> str:
        """A string."""
        if not isinstance(self.value, str):
            raise self.refuse("type", "must be a text")
        if not least <= len(self.value) <= longest:
            raise self.refuse("length", f"must have {least} to {longest} characters")
        if any("\ud800" <= char <= "\udfff" for char in self.value):
            raise self.refuse("encoding", "holds half a character (a lone surrogate)")
        return self.value

    def flag(self) -> bool:
        """True or false."""
        if not isinstance(self.value, bool):
            raise self.refuse("type", "must be true or false")
        return self.value

    def texts(self, least: int = 0) -> tuple[str, ...]:
        """A list of different strings."""
        found = tuple(item.text(100) for item in self.items(5000, least))
        if len(set(found)) != len(found):
            raise self.refuse("repeated", "names something twice")
        return found

    def pair(self, low: int, high: int) -> tuple[int, int]:
        """Two whole numbers [from, to] in order."""
        numbers = [item.integer(low, high) for item in self.items(2, 2)]
        if numbers[0] > numbers[1]:
            raise self.refuse("order", "must be [least, most]")
        return numbers[0], numbers[1]


def read_document(path: Path) -> Field:
    """Parse a UTF-8 JSON file. Raises ProblemFault, also for repeated keys, NaN, huge files."""
    try:
        # What is read is counted, not what the system says: a pipe has no size.
        with path.open("rb") as file:
            raw = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise ProblemFault("$", "unreadable", f"cannot be read: {error.strerror}") from error
    except ValueError as error:  # a NUL in the name
        raise ProblemFault("$", "unreadable", f"cannot be read: {error}") from error
    if len(raw) > LARGEST_FILE:
        raise ProblemFault("$", "limit", f"the file is larger than {LARGEST_FILE} bytes")
    try:
        with _uncollected():
            return Field("$", _parsed(raw.decode("utf-8-sig")))
    except UnicodeDecodeError as error:
        raise ProblemFault("$", "encoding", "is not UTF-8") from error
    except json.JSONDecodeError as error:
        raise ProblemFault("$", "json", f"is not JSON: {error}") from error
    except RecursionError as error:
        raise ProblemFault("$", "json", "is nested too deeply") from error


@dataclass(frozen=True, slots=True)
class _Unfit:
    """Stands for a number that is none, until the path of its field is known."""

    code: str
    text: str


def _parsed(text: str) -> object:
    """The document, refused where it holds what is no number here."""
    unfit: list[_Unfit] = []

    def refused(code: str, words: str) -> _Unfit:
        if not unfit:
            unfit.append(_Unfit(code, words))
        return unfit[0]

    def integer(digits: str) -> _Unfit | int:
        if len(digits) <= LONGEST_NUMBER:
            return int(digits)
        # Python itself refuses thousands of digits with a plain ValueError.
        return refused("range", f"is a number of {len(digits)} digits")

    document: object = json.loads(
        text,
        object_pairs_hook=_once,
        parse_constant=lambda name: refused("fraction", f"{name} is not a number here"),
        parse_int=integer,
    )
    if unfit:
        raise ProblemFault(_place(document, unfit[0]), unfit[0].code, unfit[0].text)
    return document


def _place(document: object, wanted: object) -> str:
    """The path of a value in a document."""
    waiting: list[tuple[str, object]] = [("$", document)]
    while waiting:
        path, value = waiting.pop()
        if value is wanted:
            return path
        inside = (
            value.items() if isinstance(value, dict) else enumerate(cast("list[object]", value))
        )
        mark = "{}.{}" if isinstance(value, dict) else "{}[{}]"
        for key, item in inside:
            if item is wanted or isinstance(item, dict | list):
                waiting.append((mark.format(path, key), item))
            if item is wanted:
                break
    return "$"


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without looking for rubbish, which takes most of the time of reading a long file."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                raise ProblemFault(f"$…{key}", "repeated", f"the key “{key}” stands twice")
            seen.add(key)
    return found
