"""Two people saved one record: what was typed beside what stands there now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class ConflictRow:
    """A field whose typed value differs from the saved one."""

    label: str
    saved: str
    typed: str
    field_id: str


def conflict_rows(form: Any, saved: Mapping[str, Any]) -> list[ConflictRow]:
    """The fields that differ (Any: a WTForms form and column values)."""
    rows = []
    for name, value in saved.items():
        field = form._fields.get(name)
        if field is None or _said(field.data) == _said(value):
            continue
        there, here = _shown(field, value), _shown(field, field.data)
        rows.append(ConflictRow(str(field.label.text), there, here, field.id))
    return rows


def _said(value: Any) -> str:
    if isinstance(value, Mapping):
        return " / ".join(str(value[code]) for code in sorted(value) if value[code])
    if isinstance(value, datetime):
        return value.strftime("%d.%m.%Y %H:%M")
    if isinstance(value, (list, tuple)):
        return ", ".join(map(str, value))
    return "" if value is None or value is False else str(value)


def _shown(field: Any, value: Any) -> str:
    """The value as the form's list of choice words it."""
    words = {one.value: one.label for one in getattr(field, "choices", None) or ()}
    if isinstance(value, (list, tuple)):
        return ", ".join(str(words.get(one, one)) for one in value)
    if isinstance(value, Mapping):
        return _said(value) or "–"
    if isinstance(value, bool):
        return "✓" if value else "–"
    return str(words.get(value, _said(value))) or "–"
