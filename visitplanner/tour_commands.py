"""The commands `tours solve`, `tours check` and `tours repair` on files, without a database."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from math import isnan
from pathlib import Path
from types import FrameType
from typing import NoReturn

import click

from visitplanner.command_line import Directory, leaving_at_once
from visitplanner.planning.checker import check
from visitplanner.planning.checking.fault import Fault
from visitplanner.planning.events import read_event
from visitplanner.planning.json_field import ProblemFault, read_document
from visitplanner.planning.plan import Plan, Progress
from visitplanner.planning.plan_file import plan_bytes, plan_to_json, read_plan, write_whole
from visitplanner.planning.planner import plan
from visitplanner.planning.problem_document import problem_to_json
from visitplanner.planning.problem_file import read_problem
from visitplanner.planning.published import belongs
from visitplanner.planning.repair import Repair, better_repair, faults_of, repair
from visitplanner.planning.what_if import shortages, what_if
from visitplanner.planning.words import say

EXIT = {"optimal": 0, "feasible": 0, "infeasible": 1, "unknown": 3}
LANGUAGES = ("en", "ru", "fr", "es", "ar", "zh")
File = click.Path(path_type=Path)
LONGEST_LINE = 500
"""Characters said about a bad file, which may hold a key of any length."""


@click.group("tours", cls=Directory, elsewhere={"plan": "visitplanner.visit_commands:plan_visit"})
def tours() -> None:
    """Plan, check and repair tours."""


def _refuse(path: Path, fault: ProblemFault) -> NoReturn:
    """Say what is wrong with a file and leave with status 2."""
    _leave(path, f"{fault.path}: {fault.text}")


def _leave(path: Path, words: str) -> NoReturn:
    """Say in one line why a file cannot be used and leave with status 2."""
    line = "".join(char if char.isprintable() else ascii(char)[1:-1] for char in words)
    if len(line) > LONGEST_LINE:
        line = f"{line[:LONGEST_LINE]}…"
    click.echo(f"{path}: {line}", err=True)
    sys.exit(2)


def _out(path: Path, *read: Path) -> None:
    """Refuse an output that cannot be written, or is one of the files `read`, before work begins;
    what can be known only then (a full disk) is said by `_written`."""
    try:
        folder = path.absolute().parent
        if not folder.is_dir():
            _leave(path, "there is no such folder")
        if path.is_dir():
            _leave(path, "is a folder")
        if not os.access(path if path.exists() else folder, os.W_OK):
            _leave(path, "cannot be written")
        if any(path.exists() and other.exists() and path.samefile(other) for other in read):
            _leave(path, "would be written over what is read")
    except (OSError, ValueError) as error:
        _leave(path, f"cannot be written: {getattr(error, 'strerror', None) or error}")


def _written(path: Path, data: bytes) -> None:
    """Write a file; where that cannot be, say so and leave with status 2."""
    try:
        write_whole(path, data)
    except OSError as error:
        _leave(path, f"cannot be written: {error.strerror}")


@contextmanager
def _interruptible() -> Iterator[list[bool]]:
    """A list that is no longer empty once Ctrl-C was pressed or the process was asked to end."""
    asked: list[bool] = []

    def note(_number: int, _frame: FrameType | None) -> None:
        asked.append(True)

    before = {s: signal.signal(s, note) for s in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield asked
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


class ProgressLine:
    """One line on stderr that tells score, bound and gap; each on a line of its own in a file."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.live = sys.stderr.isatty()
        self.told = False

    def tell(self, progress: Progress) -> None:
        """Show the newest plan."""
        total = progress.score.total
        if progress.plan.status == "unknown":
            missing = len(progress.plan.shortfalls)
            text = say("drafting", self.language, total=total, missing=missing)
        else:
            bound = progress.bound
            shown = progress.plan.grouping_bound if bound is None else bound
            gap = f"{progress.gap:.1%}"
            text = say("progress", self.language, total=total, bound=shown, gap=gap)
        click.echo(("\r\x1b[K" if self.live else "") + text, err=True, nl=not self.live)
        self.told = True

    def end(self) -> None:
        """Leave the line."""
        if self.live and self.told:
            click.echo("", err=True)


def finite(
    _context: click.Context, _parameter: click.Parameter, value: float | None
) -> float | None:
    """Refuse `nan`, which is neither below nor above any bound."""
    if value is not None and isnan(value):
        raise click.BadParameter("must be a number of seconds")
    return value


@tours.command()
@click.argument("problem_path", metavar="PROBLEM.json", type=File)
@click.option("-o", "--output", metavar="PLAN.json", type=File, required=True)
@click.option(
    "--seconds", type=click.FloatRange(0.1, 86_400), callback=finite, help="Wall-clock budget [10]."
)
@click.option(
    "--iterations", type=click.IntRange(1), help="Search budget; the same bytes anywhere."
)
@click.option("--seed", type=click.IntRange(0), default=1, show_default=True)
@click.option("--language", type=click.Choice(LANGUAGES), default="en", show_default=True)
def solve(
    problem_path: Path,
    output: Path,
    seconds: float | None,
    iterations: int | None,
    seed: int,
    language: str,
) -> None:
    """Plan a tour. Exit status: 0 a plan, 1 infeasible, 3 unknown, 2 a bad file. Ctrl-C keeps the
    best plan so far: 0 and that plan, or 3 and no groups where there was none yet."""
    if seconds is not None and iterations is not None:
        raise click.UsageError("Give --seconds or --iterations, not both.")
    _out(output, problem_path)
    line = ProgressLine(language)
    with _interruptible() as asked:
        try:
            problem = read_problem(problem_path)
        except ProblemFault as fault:
            _refuse(problem_path, fault)
        found = plan(
            problem, seconds=seconds, iterations=iterations, seed=seed, on_progress=line.tell,
            cancelled=lambda: bool(asked), language=language,
        )  # fmt: skip
        line.end()
        _written(output, plan_bytes(problem, found))
        _report(found, language)
    sys.exit(EXIT[found.status])


def _report(found: Plan, language: str) -> None:
    """The result in words on stdout."""
    if found.groups:
        s = found.score
        words = say(
            "solved", language, groups=len(found.groups), total=s.total, idle=s.idle, walk=s.walk,
            unmet=s.unmet_wish, used=s.interpreter,
        )  # fmt: skip
        click.echo(f"{found.status}: {words}")
        return
    click.echo(found.status)
    for reason in found.reasons:
        click.echo(f"- {reason.text}")


@tours.command("what-if")
@click.argument("problem_path", metavar="PROBLEM.json", type=File)
@click.argument("plan_path", metavar="PLAN.json", type=File)
@click.option("--iterations", type=click.IntRange(1), default=400, show_default=True,
              help="Search budget of each change.")  # fmt: skip
@click.option("--minutes", type=click.IntRange(1, 600), default=10, show_default=True,
              help="How much more time to try.")  # fmt: skip
@click.option("--language", type=click.Choice(LANGUAGES), default="en", show_default=True)
def what_if_command(
    problem_path: Path, plan_path: Path, iterations: int, minutes: int, language: str
) -> None:
    """Say who is short, and what one more interpreter, escort, place or some more time would buy,
    by planning each anew from this plan. Exit status: 0, or 2 for a bad file."""
    path = problem_path
    try:
        problem = read_problem(path)
        path = plan_path
        current = read_plan(path)
        if check(problem_to_json(problem), plan_to_json(problem, current)):
            raise ProblemFault("$", "plan", "is not a plan of this problem; see `tours check`")
    except ProblemFault as fault:
        _refuse(path, fault)
    for reason in shortages(problem, current, language):
        click.echo(reason.text)
    with _interruptible() as asked:
        gains = what_if(
            problem, current, iterations=iterations, minutes=minutes, language=language,
            cancelled=lambda: bool(asked),
        )  # fmt: skip
    for gain in gains:
        click.echo(gain.text)
    if not gains:
        click.echo(say("stopped" if asked else "saves-nothing", language))


@tours.command("check")
@click.argument("paths", nargs=-1, required=True, metavar="VISIT | PROBLEM.json PLAN.json")
@click.option("--json", "as_json", is_flag=True, help="Print the faults as JSON.")
@click.option("--data-dir", type=File, help="Folder of the instance.")
def check_command(paths: tuple[str, ...], as_json: bool, data_dir: Path | None) -> None:
    """Verify a visit's tour as it stands, or a plan in files, against every hard rule.

    Exit status: 0 no fault, 1 faults, 2 a bad file.
    """
    if len(paths) > 2:
        raise click.UsageError("Give a visit, or a problem and a plan.")
    if len(paths) == 2:
        faults = _file_faults(Path(paths[0]), Path(paths[1]))
        kept = "No fault: every hard rule is kept and the score is right."
    else:
        # Files are checked without a database, and wait for none to load.
        with leaving_at_once():
            from visitplanner.visit_commands import visit_faults

        faults = visit_faults(paths[0], data_dir)
        kept = "No fault: every hard rule is kept."
    if as_json:
        rows = [{"rule": f.rule, "who": f.who, "when": f.when, "text": f.text} for f in faults]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        for broken in faults:
            click.echo(f"{broken.rule}: {broken.text}")
        if not faults:
            click.echo(kept)
    sys.exit(1 if faults else 0)


def _file_faults(problem_path: Path, plan_path: Path) -> list[Fault]:
    """The rules a plan breaks, and its score where that is wrong."""
    documents = []
    for path in (problem_path, plan_path):
        try:
            documents.append(read_document(path).members())
            if path is problem_path:
                read_problem(path)
        except ProblemFault as fault:
            _refuse(path, fault)
    problem, document = ({k: f.value for k, f in d.items()} for d in documents)
    return check(problem, document)


@tours.command("repair")
@click.argument("problem_path", metavar="PROBLEM.json", type=File)
@click.argument("plan_path", metavar="PLAN.json", type=File)
@click.argument("event_path", metavar="EVENT.json", type=File)
@click.option("-o", "--output", metavar="PLAN.json", type=File, required=True)
@click.option("--problem-output", metavar="PROBLEM.json", type=File,
              help="Write the problem as the event leaves it.")  # fmt: skip
@click.option("--better", type=click.FloatRange(0.1, 600), metavar="SECONDS",
              help="Look for a better repair, written beside as PLAN.better.json.")  # fmt: skip
@click.option("--language", type=click.Choice(LANGUAGES), default="en", show_default=True)
def repair_command(
    problem_path: Path,
    plan_path: Path,
    event_path: Path,
    output: Path,
    problem_output: Path | None,
    better: float | None,
    language: str,
) -> None:
    """Repair a plan after an event with the fewest changes, and say what changes. Exit status:
    0 a plan, 1 something could not be kept within the rules, 2 a bad file."""
    _out(output, problem_path, event_path)
    if problem_output is not None:
        _out(problem_output, plan_path, event_path, output)
    path = problem_path
    try:
        problem = read_problem(path)
        path = plan_path
        published = read_plan(path)
        belongs(problem, published)
        path = event_path
        event = read_event(path, problem, published)
    except ProblemFault as fault:
        _refuse(path, fault)
    quick = repair(problem, published, event, language)
    _write(quick, output, problem_output, language)
    faults = faults_of(quick)
    for broken in faults:
        click.echo(f"{broken.rule}: {broken.text}", err=True)
    if better is not None:
        with _interruptible() as asked:
            offer = better_repair(
                problem, published, event, quick, broken=len(faults), seconds=better,
                language=language, cancelled=lambda: bool(asked),
            )  # fmt: skip
        if offer is not None and offer.plan.groups != quick.plan.groups:
            beside = output.with_suffix(".better.json")
            click.echo(say("better-offered", language, path=beside))
            _write(offer, beside, None, language)
        elif offer is not None and offer.proved:
            click.echo(say("no-better", language))
    sys.exit(1 if faults else 0)


def _write(found: Repair, output: Path, problem_output: Path | None, language: str) -> None:
    """Write a repaired plan and say what it changes."""
    _written(output, plan_bytes(found.problem, found.plan))
    if problem_output is not None:
        text = json.dumps(problem_to_json(found.problem), ensure_ascii=False, indent=2)
        _written(problem_output, f"{text}\n".encode())
    for change in found.changes:
        click.echo(change.text)
    for note in found.notes:
        click.echo(note.text)
    if not found.changes:
        click.echo(say("nothing-changes", language))
