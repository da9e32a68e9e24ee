"""What is copied into static/ and tests/vendor is whole, licensed and named by its manifest."""

import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
MANIFESTS = {
    "static/vendor/manifest.json": ROOT / "static",
    "tests/vendor/manifest.json": ROOT / "tests/vendor",
}


def packages() -> list[tuple[Path, dict[str, Any]]]:
    """Every package of both manifests with the folder it stands in."""
    return [
        (root / package["folder"], package)
        for name, root in MANIFESTS.items()
        for package in json.loads((ROOT / name).read_text())["packages"]
    ]


PACKAGES = packages()
NAMES = [package["package"] for _, package in PACKAGES]


@pytest.mark.parametrize(("folder", "package"), PACKAGES, ids=NAMES)
def test_every_file_has_the_hash_of_the_manifest(folder: Path, package: dict[str, Any]) -> None:
    """A file changed, added or lost by hand shows here."""
    present = {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }
    assert present == package["files"]


@pytest.mark.parametrize(("folder", "package"), PACKAGES, ids=NAMES)
def test_every_package_carries_its_licence(folder: Path, package: dict[str, Any]) -> None:
    """Text of the licence beside the files, and its name in the manifest."""
    assert package["licence"]
    assert package["licences"]
    for name in package["licences"]:
        assert len((folder / name).read_text().strip()) > 300, name


def test_nothing_stands_in_the_vendor_folders_that_no_manifest_names() -> None:
    """No folder slips in without version and licence."""
    named = {folder for folder, _ in PACKAGES}
    for parent in ("static/vendor", "static/fonts", "tests/vendor"):
        folders = {path for path in (ROOT / parent).iterdir() if path.is_dir()}
        assert folders <= named


def test_versions_are_exact_and_those_of_the_lock_file() -> None:
    """The package list pins, the lock repeats, the manifest says the same."""
    tools = ROOT / "tools/assets"
    wanted = json.loads((tools / "package.json").read_text())["dependencies"]
    locked = json.loads((tools / "package-lock.json").read_text())["packages"]
    for name, version in wanted.items():
        assert re.fullmatch(r"\d+\.\d+\.\d+", version), name
        assert locked[f"node_modules/{name}"]["version"] == version
    for _, package in PACKAGES:
        assert wanted[package["package"]] == package["version"]


def test_the_lock_file_names_no_address_to_download_from() -> None:
    """Where packages come from is the maintainer's setting, not ours."""
    locked = json.loads((ROOT / "tools/assets/package-lock.json").read_text())["packages"]
    assert [name for name, entry in locked.items() if "resolved" in entry] == []
    assert all("integrity" in entry for name, entry in locked.items() if name)
