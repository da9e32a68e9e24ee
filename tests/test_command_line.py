"""How commands are found and left: what is loaded, what Ctrl-C does, what exit statuses say."""

import subprocess
import sys
from pathlib import Path

import pytest

SOLVE = ("-m", "visitplanner", "tours", "solve")


def python(*words: str | Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """Python run in a folder."""
    return subprocess.run(
        [sys.executable, *words], cwd=folder, capture_output=True, text=True, timeout=120
    )


def test_a_tour_in_files_waits_for_no_database_to_load(tmp_path: Path) -> None:
    (tmp_path / "p.json").write_text("{")
    loud = python("-X", "importtime", *SOLVE, "p.json", "-o", "plan.json", folder=tmp_path)
    assert loud.returncode == 2
    assert "p.json: $: is not JSON" in loud.stderr
    loaded = {line.rpartition("|")[2].strip() for line in loud.stderr.splitlines()}
    assert "visitplanner.planning.repair" in loaded
    assert loaded & {"sqlalchemy", "flask", "alembic", "weasyprint", "pydantic"} == set()


def test_ctrl_c_while_a_command_loads_leaves_without_a_word(tmp_path: Path) -> None:
    (tmp_path / "slow.py").write_text(
        "import signal\n"
        "try:\n    signal.raise_signal(signal.SIGINT)\n"
        "except KeyboardInterrupt as error:\n    raise ImportError('half loaded') from error\n"
    )
    program = (
        "from visitplanner.command_line import Directory, run;"
        "run(Directory('top', elsewhere={'slow': 'slow:command'}))"
    )
    left = python("-c", program, "slow", folder=tmp_path)
    assert (left.returncode, left.stdout, left.stderr) == (130, "", "")


@pytest.mark.parametrize(("asked", "status"), [("0", 0), ("3", 3)])
def test_a_second_ctrl_c_does_not_change_the_exit_status(
    tmp_path: Path, asked: str, status: int
) -> None:
    program = (
        "import atexit, click, signal, sys;"
        "from visitplanner.command_line import run;"
        "atexit.register(signal.raise_signal, signal.SIGINT);"
        "atexit.register(signal.raise_signal, signal.SIGTERM);"
        "run(click.Command('x', callback=lambda: sys.exit(int(sys.argv.pop())), params=["
        "click.Argument(['status'], expose_value=False)]))"
    )
    left = python("-c", program, asked, folder=tmp_path)
    assert (left.returncode, left.stderr) == (status, "")


def test_a_command_stopped_before_it_has_anything_to_keep_says_130(tmp_path: Path) -> None:
    program = (
        "import click, signal; from visitplanner.command_line import run;"
        "run(click.Command('x', callback=lambda: signal.raise_signal(signal.SIGINT)))"
    )
    left = python("-c", program, folder=tmp_path)
    assert (left.returncode, left.stderr.strip()) == (130, "")


def test_words_that_cannot_be_written_are_an_error_in_one_line(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "visitplanner", "--help"]
    with Path("/dev/full").open("w") as full:
        left = subprocess.run(command, cwd=tmp_path, stdout=full, stderr=subprocess.PIPE, text=True)
    assert (left.returncode, left.stderr) == (2, "Error: [Errno 28] No space left on device\n")
