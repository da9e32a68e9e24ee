"""The documents tell the truth: settings, commands, make targets, links, licences."""

import re
import subprocess
import tomllib
from pathlib import Path

import click
import pytest

from tests.support.checkout import ROOT, script, tracked
from visitplanner.cli import visitplanner
from visitplanner.settings import Settings

PAGES = tracked("*.md")
MAKE = re.compile(r"\bmake ([a-z][a-z-]*)")


def sections(page: Path) -> dict[str, str]:
    """Heading (without backticks) → the text below it."""
    parts = re.split(r"^#+ (.+)$", page.read_text(), flags=re.MULTILINE)
    return {parts[i].replace("`", ""): parts[i + 1] for i in range(1, len(parts), 2)}


def targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):.*##", (ROOT / "Makefile").read_text(), flags=re.MULTILINE))


def commands(group: click.Group, prefix: str = "visitplanner") -> dict[str, click.Command]:
    found: dict[str, click.Command] = {}
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        full = f"{prefix} {name}"
        if isinstance(command, click.Group):
            found |= commands(command, full)
        else:
            found[full] = command
    return found


def test_every_setting_has_its_section() -> None:
    names = {f"VISITPLANNER_{name.upper()}" for name in Settings.model_fields}
    told = sections(ROOT / "docs/admin/settings.md")
    assert {name for name in told if name.startswith("VISITPLANNER_")} == names
    assert [name for name in names if len(told[name].split()) < 8] == []


def test_every_command_and_option_has_its_section() -> None:
    told = sections(ROOT / "docs/admin/commands.md")
    existing = commands(visitplanner)
    assert {name for name in told if name.startswith("visitplanner ")} == set(existing)
    missing = [
        f"{name} {option}"
        for name, command in existing.items()
        for parameter in command.params
        for option in [o for o in parameter.opts if o.startswith("--")]
        if f"`{option}" not in told[name]
    ]
    assert missing == []


def test_every_command_has_help() -> None:
    assert [name for name, command in commands(visitplanner).items() if not command.help] == []


def test_readme_names_what_ci_runs() -> None:
    ci = (ROOT / ".ci/run").read_text()
    steps = [line for line in ci.splitlines() if line and not line.startswith(("#", "set ", "cd "))]
    assert steps == ["exec make test"]
    blocks = re.findall(
        r"^```\n(.*?)^```", (ROOT / "README.md").read_text(), re.DOTALL | re.MULTILINE
    )
    assert [block.strip() for block in blocks] == ["make demo", "make test"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_a_page_names_what_exists(page: Path) -> None:
    text = page.read_text()
    spoken = re.findall(r"`([^`\n]+)`", text) + re.findall(r"^ *make .+$", text, re.MULTILINE)
    assert {name for words in spoken for name in MAKE.findall(words)} <= targets()
    for address in re.findall(r"\]\(([^)#\s]+)", text):
        if "://" not in address and not address.startswith("mailto:"):
            assert (page.parent / address).exists(), address


def test_make_explains_every_target() -> None:
    shown = subprocess.run(
        ["make", "--no-print-directory", "help"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    assert {line.split()[0] for line in shown.splitlines()} == targets()
    assert {
        "demo",
        "demo-reset",
        "run",
        "test",
        "endurance",
        "lint",
        "bench",
        "assets",
        "lock",
    } <= targets()


@pytest.mark.parametrize("path", [*tracked("bin/*"), ROOT / ".ci/run"], ids=lambda p: p.name)
def test_scripts_can_be_run(path: Path) -> None:
    first = path.read_text().splitlines()[0]
    assert path.stat().st_mode & 0o111
    if first.endswith("bash"):
        subprocess.run(["bash", "-n", str(path)], check=True)
    else:
        compile(path.read_text(), str(path), "exec")


def test_licences_are_allowed_and_listed() -> None:
    licences = script("licences")
    assert licences.faults() == []
    written = (ROOT / "docs/developer/licences.md").read_text()
    for package, part in licences.parts().items():
        said = licences.licence(package)  # None: not for this machine
        assert said is None or f"| {package} | {part} | {said} |" in written, "run bin/licences"
    listed = set(
        re.findall(
            r"^\| ([a-z0-9._-]+) \| (?:base|postgres|queue|build|dev) ", written, re.MULTILINE
        )
    )
    assert listed <= set(licences.parts())


def test_an_unknown_licence_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    licences = script("licences")
    monkeypatch.setattr(licences, "licence", lambda _package: "SSPL-1.0 OR MIT")
    assert len(licences.faults()) == len(set(licences.parts()) - set(licences.EXCEPTIONS))


def test_our_own_licence_is_the_one_we_declare() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert project["license"] == "Apache-2.0"
    assert "Version 2.0, January 2004" in (ROOT / "LICENSE").read_text()
