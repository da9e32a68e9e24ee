"""What we refuse: one exception with a stable code; the words stand in `web.refusals`."""

import json
from typing import Any

MARK = "refusal: "


class Refusal(Exception):  # noqa: N818 - a refusal is the word of the trade
    """A request that cannot be done as asked.

    `code` is stable (kebab-case, tests and the API rely on it); `field` names the form
    field it belongs to; `details` fill the placeholders of the translated sentence.
    """

    status = 409

    def __init__(self, code: str, /, *, field: str | None = None, **details: Any) -> None:
        super().__init__(code)
        self.code = code
        self.field = field
        self.details = details

    def as_text(self) -> str:
        """The refusal as a line that `from_text` reads: how a job that failed keeps it."""
        details = {key: str(value) for key, value in self.details.items()}
        return MARK + json.dumps({"code": self.code, "details": details}, ensure_ascii=False)

    @classmethod
    def from_text(cls, text: str) -> "Refusal | None":
        """The refusal that `as_text` wrote; None for any other text."""
        if not text.startswith(MARK):
            return None
        kept = json.loads(text.removeprefix(MARK))
        return cls(kept["code"], **kept["details"])

    def __str__(self) -> str:
        shown = ", ".join(f"{key}={value}" for key, value in self.details.items())
        return f"{self.code} ({shown})" if shown else self.code


class NotFound(Refusal):
    """There is no such thing, or it is not this principal's to see."""

    status = 404


class Forbidden(Refusal):
    """The principal may see it, but not do this."""

    status = 403


class Stale(Refusal):
    """Somebody else saved the record meanwhile; `details` carry both values."""

    status = 409


class TooMany(Refusal):
    """A rate limit was reached; `details["seconds"]` says how long to wait."""

    status = 429


class Gone(Refusal):
    """There was such a thing; it has been used, has expired or was taken back."""

    status = 410


class NotKnown(Refusal):
    """Nobody we know asks: no token, or one that is wrong, has expired or was taken back."""

    status = 401
