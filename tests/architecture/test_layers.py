"""The arrows of `docs/developer/adr/0001-floors.md`, kept by import-linter."""

import shutil
import subprocess
import sys
from pathlib import Path

from tests.support.checkout import ROOT


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    program = str(Path(sys.executable).with_name("lint-imports"))
    return subprocess.run(
        [program, "--no-cache", "--config", "pyproject.toml"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_layers_hold() -> None:
    done = lint(ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


def test_an_arrow_upward_is_seen(tmp_path: Path) -> None:
    shutil.copytree(
        ROOT / "visitplanner",
        tmp_path / "visitplanner",
        ignore=shutil.ignore_patterns("data", "locale"),
    )
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    rule = tmp_path / "visitplanner/domain/refusals.py"
    rule.write_text(rule.read_text() + "\nimport flask\nimport visitplanner.services.act\n")
    done = lint(tmp_path)
    assert done.returncode == 1
    assert "visitplanner.domain.refusals -> visitplanner.services.act" in done.stdout
    assert "visitplanner.domain.refusals -> flask" in done.stdout
