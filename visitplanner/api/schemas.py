"""What the API takes and gives, strictly: an unknown field or another type is refused."""

from typing import Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

MOST_SCANS = 200
LONGEST_TEXT = 8000
"""More than any QR code can hold."""


class Strict(BaseModel):
    """The base of requests."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class ScanIn(Strict):
    """One scan. `code` is what was read or typed; `at` the device's time with its zone."""

    id: str = Field(pattern=r"^[A-Za-z0-9_-]{8,40}$")
    code: str = Field(max_length=LONGEST_TEXT)
    checkpoint: str = Field(max_length=64)
    direction: Literal["in", "out"] = "in"
    at: AwareDatetime
    device: str = Field(default="", max_length=64, pattern=r"^[A-Za-z0-9_-]*$")
    how: Literal["camera", "typed"] = "camera"


class ScanBatch(Strict):
    """Scans in any order; sent twice, they are stored once."""

    scans: list[ScanIn] = Field(min_length=1, max_length=MOST_SCANS)


class VerdictOut(BaseModel):
    """What the door says, in the language of the request."""

    kind: Literal["admit", "attention", "refuse"]
    word: str
    name: str = ""
    state: str = ""
    flag_url: str = ""
    note: str = ""
    say: str = ""
    group: str = ""
    group_note: str = ""


class RecentOut(BaseModel):
    """A line of the list of recent entries."""

    time: str
    name: str
    group: str = ""
    flag_url: str = ""


class ResultOut(BaseModel):
    """The answer to one scan. `code` is a verdict of PB1, or ID_TAKEN for what is not stored."""

    id: str
    stored: bool
    code: str
    verdict: VerdictOut
    recent: RecentOut | None = None


class ScanAnswers(BaseModel):
    """One answer for each id of the batch."""

    results: list[ResultOut]


class Fault(BaseModel):
    """One thing that is wrong with a request: where, and what."""

    at: str
    text: str


class ErrorBody(BaseModel):
    """The code is stable; the text is for people, in the language of the request."""

    code: str
    text: str
    faults: list[Fault] = []


class ErrorOut(BaseModel):
    """How every refusal looks."""

    error: ErrorBody
