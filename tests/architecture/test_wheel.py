"""The wheel, built and installed elsewhere, is the whole program."""

import json
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.support.checkout import ROOT, tracked

SHIPPED = ("templates", "static", "migrations")


def run(words: Sequence[object], folder: Path) -> str:
    """What a command prints; fails with all it said when it fails."""
    clean = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        [str(word) for word in words],
        cwd=folder,
        env=clean,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Our wheel, built with the pinned build tool."""
    folder = tmp_path_factory.mktemp("wheel")
    words = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT]
    run(words, ROOT)
    (built,) = folder.glob("visitplanner-*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs' folder of a new environment with the wheel and, beside it, our dependencies."""
    place = tmp_path_factory.mktemp("elsewhere") / "venv"
    venv.create(place, with_pip=False)
    python = place / "bin/python"
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", python]
    run([*pip, "install", "--quiet", "--no-deps", "--no-index", wheel], place)
    (site,) = (place / "lib").glob("python*/site-packages")
    # A plain path in a .pth file adds the packages without the editable install among them.
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return python.parent


def test_the_wheel_holds_what_is_tracked_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        inside = {name for name in archive.namelist() if ".dist-info/" not in name}
    expected = {str(path.relative_to(ROOT)) for path in tracked("visitplanner/*")}
    for folder in SHIPPED:
        names = {str(path.relative_to(ROOT)) for path in tracked(f"{folder}/*")}
        assert names
        expected |= {f"visitplanner/{name}" for name in names}
    assert inside == expected


def test_the_wheel_carries_the_licence(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        (licence,) = [name for name in archive.namelist() if name.endswith("licenses/LICENSE")]
        assert archive.read(licence).decode() == (ROOT / "LICENSE").read_text()


def test_everything_is_found_inside_the_installed_package(installed: Path, tmp_path: Path) -> None:
    words = "import visitplanner.paths as p; print(p.TEMPLATES, p.STATIC, p.MIGRATIONS, p.LOCALE)"
    found = run([installed / "python", "-c", words], tmp_path).split()
    package = next(installed.parent.glob("lib/python*/site-packages/visitplanner"))
    assert [Path(name).parent for name in found] == [package] * 4
    assert all(Path(name).is_dir() for name in found)


def test_an_instance_can_be_made_and_answers(installed: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    run([installed / "visitplanner", "init", "--data-dir", data], tmp_path)
    assert (data / "secret.key").stat().st_mode & 0o777 == 0o600
    words = (
        "import sys, pathlib, visitplanner.app as a, visitplanner.settings as s;"
        "client = a.create_app(s.load_settings(pathlib.Path(sys.argv[1]))).test_client();"
        "print(client.get('/health/ready').status_code,"
        " client.get('/static/css/base.css').status_code)"
    )
    assert run([installed / "python", "-c", words, data], tmp_path).split() == ["200", "200"]


def test_the_demo_runs_from_the_wheel(installed: Path, tmp_path: Path) -> None:
    told = run([installed / "visitplanner", "demo", "--no-serve"], tmp_path)
    data = tmp_path / "instance/demo"
    assert "/visits/lomonosov/" in told
    listed = run([installed / "visitplanner", "visits", "--data-dir", data, "--json"], tmp_path)
    assert [visit["slug"] for visit in json.loads(listed)] == ["lomonosov"]
