"""Small records without a version: whoever saves second is told, by what the form had shown."""

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any

from visitplanner.services.texts import OFFERED
from visitplanner.web.access import act
from visitplanner.web.conflicts import ConflictRow, conflict_rows

Values = Mapping[str, Any]  # Any: column values by the names of the form's fields


def shown(texts: Mapping[str, str]) -> dict[str, str]:
    """A text in the languages that forms offer."""
    return {code: words for code, words in texts.items() if code in OFFERED and words}


def fingerprint(values: Values) -> str:
    """What a form carries of the record it was filled from."""
    said = json.dumps(dict(values), sort_keys=True, default=str, ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()[:24]


def overtaken(form: Any, row: Any, saved: Callable[[], Values]) -> list[ConflictRow] | None:
    """What differs when somebody else saved meanwhile, else None; the form may be sent again.

    Any: a form with a field `seen`, a row, which is locked until the transaction ends.
    """
    act().session.refresh(row, with_for_update=True)
    values = saved()
    now = fingerprint(values)
    if form.seen.data in (None, "", now):
        return None
    form.seen.data = now
    return conflict_rows(form, values)
