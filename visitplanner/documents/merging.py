"""Joining the parts of a long paper into one PDF."""

import io
from collections.abc import Sequence

import pikepdf


def merged(parts: Sequence[bytes]) -> bytes:
    """The pages of all parts in order; a single part is returned as it is."""
    if len(parts) == 1:
        return parts[0]
    whole = pikepdf.new()
    sources = [pikepdf.open(io.BytesIO(part)) for part in parts]
    for source in sources:
        whole.pages.extend(source.pages)
    out = io.BytesIO()
    whole.save(out, deterministic_id=True)
    for source in sources:
        source.close()
    return out.getvalue()
