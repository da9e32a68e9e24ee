"""A bad problem file is refused by the path of its field; a good one is read as it stands."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.planning.cases import demo_day, random_day
from visitplanner.planning.json_field import ProblemFault
from visitplanner.planning.problem_document import problem_to_json
from visitplanner.planning.problem_file import read_problem

Change = Callable[[dict[str, Any]], object]

BAD: list[tuple[str, str, Change]] = [
    ("$.format", "format", lambda d: d.update(format="visitplanner-tour-problem/2")),
    ("$.colour", "unknown-key", lambda d: d.update(colour="red")),
    ("$.rules.kmin", "unknown-key", lambda d: d["rules"].update(kmin=3)),
    ("$.horizon", "fraction", lambda d: d.update(horizon=84.0)),
    ("$.horizon", "type", lambda d: d.update(horizon=True)),
    ("$.horizon", "range", lambda d: d.update(horizon=0)),
    ("$.start", "date", lambda d: d.update(start="2025-10-31T11:00")),
    ("$.stops[1].visit", "missing", lambda d: d["stops"][1].pop("visit")),
    ("$.stops[1].visit", "range", lambda d: d["stops"][1].update(visit=85)),
    ("$.stops[0].windows[0][1]", "range", lambda d: d["stops"][0].update(windows=[[0, 85]])),
    ("$.stops[0].windows[0]", "order", lambda d: d["stops"][0].update(windows=[[9, 4]])),
    ("$.stops[2].id", "repeated", lambda d: d["stops"][2].update(id="stop0")),
    ("$.hall", "repeated", lambda d: d.update(hall="stop0")),
    ("$.walk.stop3", "unreachable", lambda d: d["walk"].pop("stop3")),
    ("$.walk.cellar", "unknown-stop", lambda d: d["walk"].update(cellar={})),
    ("$.delegations[3].parts", "parts", lambda d: d["delegations"][3].update(
        wishes=None, parts=[{"people": 40}]) or d["delegations"][3].pop("wishes")),
    ("$.delegations[3].wishes", "parts", lambda d: d["delegations"][3].update(
        parts=[{"people": d["delegations"][3]["people"]}])),
    ("$.delegations[0].wishes.moon", "unknown-stop",
     lambda d: d["delegations"][0].update(wishes={"moon": 1})),
    ("$.delegations[5].precedence", "repeated",
     lambda d: d["delegations"][5].update(precedence=1)),
    ("$.delegations[0].apart_from[0]", "unknown-delegation",
     lambda d: d["delegations"][0].update(apart_from=["X"])),
    ("$.delegations[0].languages", "too-few", lambda d: d["delegations"][0].update(languages=[])),
    ("$.staff[0].role", "choice", lambda d: d["staff"][0].update(role="cook")),
    ("$.pinned[0].stop", "unknown-stop",
     lambda d: d.update(pinned=[{"delegation": "M00", "stop": "moon"}])),
    ("$.pinned[0].start", "range",
     lambda d: d.update(pinned=[{"delegation": "M00", "stop": "stop1", "start": 85}])),
    ("$.pinned[0]", "pin", lambda d: d.update(pinned=[{"delegation": "M00"}])),
    ("$.rules.headline.stop", "unknown-stop",
     lambda d: d["rules"].update(headline={"stop": "moon", "depth": 3})),
    ("$.rules.group_people", "order", lambda d: d["rules"].update(group_people=[9, 4])),
    ("$.delegations", "limit", lambda d: d.update(delegations=d["delegations"] * 10)),
    ("$.stops", "limit", lambda d: d.update(stops=d["stops"] * 5)),
    ("$.staff", "limit", lambda d: d.update(staff=d["staff"] * 30)),
]  # fmt: skip


@pytest.mark.parametrize(("path", "code", "change"), BAD, ids=[f"{p} {c}" for p, c, _ in BAD])
def test_what_is_wrong_is_refused_by_its_field(path: str, code: str, change: Change) -> None:
    document = copy.deepcopy(demo_day())
    change(document)
    with pytest.raises(ProblemFault) as refusal:
        read_problem(document)
    assert (refusal.value.path, refusal.value.code) == (path, code)


def test_more_people_than_the_limit_are_refused() -> None:
    document = demo_day()
    document["delegations"][0]["people"] = 5000
    with pytest.raises(ProblemFault) as refusal:
        read_problem(document)
    assert (refusal.value.path, refusal.value.code) == ("$.delegations", "limit")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\xff\xfe", "encoding"),
        (b"{", "json"),
        (b'{"a": 1, "a": 2}', "repeated"),
        (b'{"horizon": NaN}', "fraction"),
        (b"[" * 100_000, "json"),
        (b"[]", "type"),
    ],
)
def test_a_file_that_is_not_the_format_is_refused(tmp_path: Path, data: bytes, code: str) -> None:
    path = tmp_path / "problem.json"
    path.write_bytes(data)
    with pytest.raises(ProblemFault) as refusal:
        read_problem(path)
    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("data", "path"),
    [
        (b'{"rules": {"weights": {"idle": NaN}}}', "$.rules.weights.idle"),
        (b'{"stops": [{}, {"windows": [[0, -Infinity]]}]}', "$.stops[1].windows[0][1]"),
        (b'{"horizon": ' + b"9" * 6000 + b"}", "$.horizon"),
    ],
)
def test_a_number_that_is_none_is_refused_by_its_field(
    tmp_path: Path, data: bytes, path: str
) -> None:
    file = tmp_path / "problem.json"
    file.write_bytes(data)
    with pytest.raises(ProblemFault) as refusal:
        read_problem(file)
    assert refusal.value.path == path


def test_a_file_without_end_is_read_no_further_than_the_limit(tmp_path: Path) -> None:
    endless = tmp_path / "problem.json"
    endless.symlink_to("/dev/zero")
    with pytest.raises(ProblemFault) as refusal:
        read_problem(endless)
    assert refusal.value.code == "limit"


def test_walking_is_closed_under_shortest_paths() -> None:
    document = demo_day()
    document["walk"] = {a: {"hall": 3} for a in document["walk"] if a != "hall"} | {
        "hall": {s["id"]: 2 for s in document["stops"]}
    }
    problem = read_problem(document)
    assert problem.minutes("stop0", "stop5") == 5
    assert problem.minutes("stop0", "stop0") == 0


@pytest.mark.parametrize("seed", range(5))
def test_a_problem_written_and_read_is_the_same(seed: int) -> None:
    problem = read_problem(random_day(seed))
    assert read_problem(json.loads(json.dumps(problem_to_json(problem)))) == problem


def test_half_a_character_and_a_number_of_thousands_of_digits_are_refused(tmp_path) -> None:
    from visitplanner.planning.json_field import ProblemFault, read_document

    path = tmp_path / "problem.json"
    path.write_text('{"name": "\\ud800"}')
    with pytest.raises(ProblemFault) as fault:
        read_document(path).members()["name"].text()
    assert fault.value.code == "encoding"
    path.write_text('{"horizon": ' + "9" * 6000 + "}")
    with pytest.raises(ProblemFault) as fault:
        read_document(path)
    assert fault.value.code == "range"
