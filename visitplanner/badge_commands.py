"""The command `badge verify`."""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from visitplanner.domain.badges import Verdict
from visitplanner.models.base import now
from visitplanner.opening import data_dir_option, json_option, open_for_command
from visitplanner.services.verifying import Verified, verify_text


@click.group()
def badge() -> None:
    """Codes of badges."""


@badge.command("verify")
@click.argument("text")
@click.option("--at", "at_text", metavar="TIME", help="ISO 8601; UTC without a zone.")
@data_dir_option
@json_option
def badge_verify(text: str, at_text: str | None, data_dir: Path | None, as_json: bool) -> None:
    """Say what the code of a badge comes to; exit status 0 only for OK."""
    at = _moment(at_text) if at_text else now()
    with open_for_command(data_dir).session(writing=False) as session:
        found = verify_text(session, text, at)
    if as_json:
        click.echo(json.dumps(_facts(found, at), ensure_ascii=False, indent=2))
    else:
        click.echo(" ".join(filter(None, (str(found.verdict), found.serial, found.visit))))
    if found.verdict is not Verdict.OK:
        sys.exit(1)


def _moment(text: str) -> datetime:
    try:
        at = datetime.fromisoformat(text)
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise click.BadParameter(
            "a time such as 2026-10-31T09:30+03:00", param_hint="--at"
        ) from None


def _facts(found: Verified, at: datetime) -> dict[str, object]:
    facts: dict[str, object] = {
        "verdict": str(found.verdict),
        "at": at.isoformat(),
        "visit": found.visit,
        "serial": found.serial,
    }
    if found.payload is not None:
        payload = found.payload
        facts |= {
            "key": payload.key_number,
            "number": payload.number,
            "category": payload.category,
            "zones": payload.zones,
            "valid_until": payload.until.isoformat(),
        }
    return facts
