"""One thing that counting finds against a plan: code, the rule to give up, and its figures."""

from __future__ import annotations

from collections.abc import Sequence

Finding = tuple[str, str, tuple[tuple[str, object], ...]]
MOST_NAMED = 3


def finding(code: str, relax: str, **values: object) -> Finding:
    """A finding that can be compared and told apart."""
    return code, relax, tuple(values.items())


def named(who: Sequence[str]) -> str:
    """The first few names, and how many more there are."""
    names = list(dict.fromkeys(who))
    more = f" +{len(names) - MOST_NAMED}" if len(names) > MOST_NAMED else ""
    return ", ".join(names[:MOST_NAMED]) + more
