"""No address of a package registry and no path of one machine in any file of ours."""

import re
from pathlib import Path

from tests.support.checkout import ROOT, tracked

HOSTS = [
    ".".join(labels)
    for labels in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("yarnpkg", "com"),
        ("deb", "debian", "org"),
        ("debian", "org"),
        ("archive", "ubuntu", "com"),
        ("unpkg", "com"),
        ("jsdelivr", "net"),
        ("googleapis", "com"),
    )
]
MACHINE_PATH = re.compile(r"(?<![\w.~*}\])>/-])/(?:work|root|home|Users|opt)/[A-Za-z0-9._-]+")
OTHERS = {"static/vendor", "tests/vendor"}
"""Texts of other people, kept as they came."""


def ours() -> list[Path]:
    return [
        path
        for path in tracked()
        if not any(path.is_relative_to(ROOT / folder) for folder in OTHERS)
    ]


def faults(text: str) -> list[str]:
    lower = text.lower()
    return [host for host in HOSTS if host in lower] + MACHINE_PATH.findall(text)


def test_no_registry_and_no_machine_is_named() -> None:
    found = {}
    for path in ours():
        try:
            wrong = faults(path.read_text())
        except UnicodeDecodeError:
            continue
        if wrong:
            found[str(path.relative_to(ROOT))] = wrong
    assert found == {}


def test_the_lock_files_hold_no_address() -> None:
    for path in tracked("requirements/*.txt"):
        lines = path.read_text().splitlines()
        assert [line for line in lines if "://" in line or line.startswith("-")] == []
        assert any("--hash=sha256:" in line for line in lines)
    for path in tracked("*package-lock.json"):
        assert '"resolved"' not in path.read_text()


def test_the_checks_see_what_they_forbid() -> None:
    assert faults(f"see {HOSTS[0]}") == [HOSTS[0]]
    path = "/".join(("", "home", "anna"))
    assert faults(f"open('{path}/notes')") == [path]
    assert faults("visitplanner/work/tables, ../root/x") == []
