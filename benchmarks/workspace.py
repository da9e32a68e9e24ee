"""Guests' pages: a delegation's list, a registration of ten fields, one field as it is left.

    python -m benchmarks.workspace [--rounds 200]

Processor time of this process per request, in one run, on SQLite in a temporary folder, through
the whole application (session, access, form, service, audit, template). Median and ninth decile.
"""

from __future__ import annotations

import argparse
import json
import platform
import re
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade

from tests.support.rows import add_delegation, add_link, add_participant, add_visit
from tests.support.signing_in import sign_in_guest
from visitplanner.app import create_app
from visitplanner.settings import load_settings

RESULT = Path(__file__).parent / "results" / "workspace.json"
VERSION = re.compile(r'name="version"[^>]* value="(\d+)"')
PEOPLE = 4
ELSEWHERE = 50
BUDGETS = {"workspace": 20.0, "registration of 10 fields": 12.0, "one field as it is left": None}


def make(folder: Path) -> tuple[FlaskClient, str]:
    """An instance with our delegation among others; a browser with its link, somebody's id."""
    app: Flask = create_app(load_settings(folder, base_url="http://localhost"))
    with app.app_context():
        upgrade()
    with app.extensions["instance"].session() as db:
        visit = add_visit(db, state="open", photo_required=False)
        delegation = add_delegation(db, visit)
        delegation.quota = PEOPLE
        delegation.taken = PEOPLE
        mine = [add_participant(db, delegation, given_name=f"Guest{n}") for n in range(PEOPLE)]
        other = add_delegation(db, visit, "ghana")
        for _ in range(ELSEWHERE):
            add_participant(db, other)
        link = add_link(db, visit, "delegation", delegation_id=delegation.id)
        link_id, person_id = link.id, mine[-1].id
        db.commit()
    client = sign_in_guest(app.test_client(), link_id, "delegation")
    client.get("/r/list?language=ru")
    return client, person_id


def form_of(number: int, version: str) -> dict[str, Any]:
    """Ten answered fields; the number makes each sending another answer."""
    return {
        "version": version,
        "function": "member",
        "name_order": "given_first",
        "given_name": "Nadia",
        "family_name": f"Boukhari{'abcdefghij'[number % 10]}",
        "native_name": f"نادية {number}",
        "russian_name": f"Надя Бухари {number}",
        "position_en": f"Second Secretary {number}",
        "position_ru": f"Второй секретарь {number}",
        "rank_code": "second_secretary",
        "email": f"n{number}@mission.example",
        "languages": ["fr", "ar"],
        "meal_code": "halal",
        "native_language": "ar",
    }


def cost(
    rounds: int,
    step: Callable[[int, str], int],
    wanted: int,
    before: Callable[[], str] = str,
) -> dict[str, float]:
    """Milliseconds of processor time per call, after ten calls to warm up; `before` is free."""
    taken = []
    for number in range(rounds + 10):
        version = before()
        begin = time.process_time()
        status = step(number, version)
        taken.append((time.process_time() - begin) * 1000)
        if status != wanted:
            raise SystemExit(f"answered {status}, not {wanted}")
    taken = sorted(taken[10:])
    return {
        "median_ms": round(statistics.median(taken), 2),
        "ninth_decile_ms": round(taken[int(len(taken) * 0.9)], 2),
    }


def main() -> None:
    """Measure, print a table, write JSON."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rounds", type=int, default=200)
    rounds = asked.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        client, key = make(Path(folder))
        page = f"/r/person/{key}"

        def version() -> str:
            return VERSION.search(client.get(page).text)[1]  # type: ignore[index]

        def field(number: int, _version: str) -> int:
            data = {"field": "honorific", "honorific": f"Dr {number}"}
            return client.post(f"{page}/field", data=data).status_code

        found = {
            "workspace": cost(rounds, lambda *_: client.get("/r/list").status_code, 200),
            "registration of 10 fields": cost(
                rounds,
                lambda *sent: client.post(page, data=form_of(*sent)).status_code,
                302,
                version,
            ),
            "one field as it is left": cost(rounds, field, 200),
        }
    for name, figures in found.items():
        budget = BUDGETS[name]
        limit = f"≤ {budget:g} ms" if budget else "–"
        print(f"{name:28} {figures['median_ms']:7.2f} {figures['ninth_decile_ms']:7.2f}  {limit}")
    RESULT.write_text(
        json.dumps(
            {"machine": platform.machine(), "python": platform.python_version(),
             "rounds": rounds, "people": PEOPLE, "cpu_per_request": found},
            indent=1,
        ) + "\n"
    )  # fmt: skip


if __name__ == "__main__":
    main()
