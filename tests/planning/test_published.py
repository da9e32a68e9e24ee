"""A repair begins with a plan of the same day: what else it is given is refused by its field."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tests.planning.cases import demo_day
from visitplanner.planning.checker import check
from visitplanner.planning.plan_file import plan_to_json
from visitplanner.planning.planner import plan
from visitplanner.planning.problem_file import read_problem
from visitplanner.tour_commands import tours

Document = dict[str, Any]
EVENT = {"format": "visitplanner-tour-event/1", "now": 20}


@pytest.fixture(scope="module")
def published() -> Document:
    problem = read_problem(demo_day())
    return plan_to_json(problem, plan(problem, iterations=40))


def repaired(
    folder: Path,
    published: Document,
    event: Document,
    problem: Document | None = None,
    *options: str,
) -> Result:
    """The command run on the demo's day."""
    paths = []
    problem = problem or demo_day()
    for name, document in (("problem", problem), ("plan", published), ("event", event)):
        paths.append(folder / f"{name}.json")
        paths[-1].write_text(json.dumps(document))
    more = ["-o", folder / "after.json", "--problem-output", folder / "amended.json"]
    return CliRunner().invoke(tours, ["repair", *map(str, [*paths, *more]), *options])


def _first(key: str, value: object) -> Callable[[Document], None]:
    return lambda d: d["groups"][0].update({key: value})


def _visit(**values: object) -> Callable[[Document], None]:
    return lambda d: d["groups"][0]["visits"][0].update(values)


FOREIGN: list[tuple[str, Callable[[Document], None]]] = [
    ("$.groups", lambda d: d.update(groups=[])),
    ("$.groups[1].id", lambda d: d["groups"][1].update(id=d["groups"][0]["id"])),
    ("$.groups[0].members", _first("members", [])),
    ("$.groups[0].members[0]", _first("members", [{"delegation": "M99", "part": 0}])),
    ("$.groups[0].members[0]", _first("members", [{"delegation": "M00", "part": 1}])),
    ("$.groups[0].members[1]", lambda d: _twice(d["groups"][0]["members"])),
    ("$.groups[0].escort", _first("escort", "nobody")),
    ("$.groups[0].interpreters.en", _first("interpreters", {"en": "nobody"})),
    ("$.groups[0].working_languages[0]", _first("working_languages", ["xx"])),
    ("$.groups[0].visits[0].stop", _visit(stop="hall")),
    ("$.groups[0].visits[0].stop", _visit(stop="nowhere")),
    ("$.groups[0].visits[0].end", _visit(start=10**6, end=10**6)),
    ("$.groups[0].visits[0].end", _visit(start=75, end=85)),
    ("$.groups[0].visits[1].start", _visit(start=70, end=80)),
    ("$.groups[0].visits[1].stop", lambda d: _twice(d["groups"][0]["visits"])),
]


def _twice(items: list[Document]) -> None:
    items[1] = items[0]


@pytest.mark.parametrize(("field", "change"), FOREIGN)
def test_a_plan_of_another_day_is_refused_by_its_field(
    tmp_path: Path, published: Document, field: str, change: Callable[[Document], None]
) -> None:
    foreign = json.loads(json.dumps(published))
    change(foreign)
    late = EVENT | {"kind": "late", "group": published["groups"][0]["id"], "minutes": 9}
    found = repaired(tmp_path, foreign, late)
    assert isinstance(found.exception, SystemExit)
    assert found.exit_code == 2
    assert found.stderr.startswith(f"{tmp_path / 'plan.json'}: {field}: ")


@pytest.mark.parametrize(
    ("guests", "field"),
    [
        ({"precedence": 1}, "$.delegation.precedence"),
        ({"apart_from": ["nobody"]}, "$.delegation.apart_from"),
        ({"apart_from": ["NEW"]}, "$.delegation.apart_from"),
        ({"people": 4_999}, "$.delegation.people"),
        ({"id": "M00"}, "$.delegation"),
    ],
)
def test_guests_with_whom_the_problem_would_be_none_are_refused(
    tmp_path: Path, published: Document, guests: Document, field: str
) -> None:
    new = {"id": "NEW", "country": "N", "people": 1, "precedence": 999, "languages": ["ru"]}
    found = repaired(tmp_path, published, EVENT | {"kind": "joins", "delegation": new | guests})
    assert found.exit_code == 2
    assert found.stderr.startswith(f"{tmp_path / 'event.json'}: {field}: ")
    taken = repaired(tmp_path, published, EVENT | {"kind": "joins", "delegation": new})
    assert taken.exit_code == 0, taken.output
    assert read_problem(tmp_path / "amended.json").by_id["NEW"].people == 1


def test_an_interpreter_whom_nobody_replaces_is_told_as_a_change(
    tmp_path: Path, published: Document
) -> None:
    group = next(g for g in published["groups"] if "ar" in g["interpreters"])
    lost = EVENT | {"kind": "staff-lost", "staff": group["interpreters"]["ar"]}
    found = repaired(tmp_path, published, lost)
    assert found.exit_code == 1
    assert f"Group {group['id']}: — interprets ar." in found.stdout
    assert "Nothing changes." not in found.stdout


def test_a_group_is_back_before_its_escort_goes_home(tmp_path: Path, published: Document) -> None:
    # The day has become longer, but not for the one who leads the group.
    group, problem = published["groups"][0], demo_day() | {"horizon": 120}
    back = group["visits"][-1]["end"] + 4
    leader = next(s for s in problem["staff"] if s["id"] == group["escort"])
    leader["windows"] = [[0, back]]
    late = EVENT | {"kind": "late", "group": group["id"], "minutes": 14}
    found = repaired(tmp_path, published, late, problem)
    assert found.exit_code == 0, found.stderr


def test_a_group_that_splits_off_has_an_interpreter_who_stays(
    tmp_path: Path, published: Document
) -> None:
    problem = demo_day(group_people=[1, 14])
    group = next(g for g in published["groups"] if g["working_languages"] == ["en"])
    more = [
        {"id": "hurried", "role": "interpreter", "languages": ["en"], "windows": [[0, 30]]},
        {"id": "patient", "role": "interpreter", "languages": ["en", "fr", "zh"]},
        {"id": "escort", "role": "escort", "languages": []},
    ]
    problem["staff"] += more
    split = EVENT | {"kind": "split", "group": group["id"], "members": group["members"][:1]}
    found = repaired(tmp_path, published, split, problem)
    assert found.exit_code == 0, found.stderr
    assert "patient interprets en." in found.stdout


def test_no_better_repair_is_offered_that_gives_up_stops(tmp_path: Path) -> None:
    heavy = demo_day(weights={"walk": 10_000})
    problem = read_problem(heavy)
    published = plan_to_json(problem, plan(problem, iterations=40))
    event = EVENT | {"kind": "reopened", "stop": "stop0", "now": 0}
    found = repaired(tmp_path, published, event, heavy, "--better", "1")
    assert found.exit_code == 0, found.output
    amended = json.loads((tmp_path / "amended.json").read_text())
    offered = tmp_path / "after.better.json"
    assert not offered.exists() or check(amended, json.loads(offered.read_text())) == []


@pytest.mark.parametrize("weights", [{"idle": 10_000}, {"idle": 50, "walk": 300}])
def test_heavy_minutes_give_up_no_stop(
    tmp_path: Path, published: Document, weights: dict[str, int]
) -> None:
    heavy = demo_day(weights=weights) | {"horizon": 150}
    group = published["groups"][0]["id"]
    late = EVENT | {"kind": "late", "group": group, "minutes": 30}
    found = repaired(tmp_path, published, late, heavy)
    assert found.exit_code == 0, found.stderr
    assert " of 4 stops." not in found.stdout


def test_a_repair_speaks_one_language(tmp_path: Path, published: Document) -> None:
    reopened = EVENT | {"kind": "reopened", "stop": "stop0", "now": 84}
    found = repaired(tmp_path, published, reopened, None, "--better", "1", "--language", "ru")
    assert found.stdout == "Ничего не меняется.\nЛучшей перестройки нет.\n"
