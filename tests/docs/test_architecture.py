"""The picture and the page of the house agree with the contracts that import-linter keeps."""

import re
import tomllib

from tests.support.checkout import PACKAGE, ROOT

PAGE = (ROOT / "docs/developer/architecture.md").read_text()
PICTURE = (ROOT / "docs/developer/architecture.svg").read_text()


def floors() -> list[list[str]]:
    """Packages floor by floor, from the top, as import-linter reads them."""
    tool = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    layers = next(one["layers"] for one in tool["contracts"] if one["type"] == "layers")
    named = [re.findall(r"visitplanner\.(\w+)", layer) for layer in layers]
    return [packages for one in named if (packages := packaged(one))]


def packaged(names: list[str]) -> list[str]:
    """Those that are folders, and the two single modules that are floors of their own."""
    return [name for name in names if (PACKAGE / name).is_dir() or name in {"cli", "app"}]


def test_the_list_of_floors_is_the_one_that_is_kept() -> None:
    listed = re.search(r"^```\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)
    assert listed is not None
    whole = [re.findall(r"[\w]+", line) for line in listed[1].splitlines()]
    assert [
        sorted(set(line) & set(floor)) for line, floor in zip(whole, floors(), strict=True)
    ] == [sorted(floor) for floor in floors()]


def test_the_picture_shows_the_same_floors() -> None:
    bold = re.search(r'<g font-weight="600">(.*?)</g>', PICTURE, re.DOTALL)
    assert bold is not None
    shown = [sorted(text.split()) for text in re.findall(r">([^<]+)</text>", bold[1])]
    assert shown == [sorted(floor) for floor in floors()]


def test_every_module_the_page_names_exists() -> None:
    named = re.findall(r"`((?:\w+/)+[\w.]*)`", PAGE)
    tops = {"web", "services", "domain", "blueprints", "jobs", "models"}
    own = [name for name in named if name.split("/")[0] in tops]
    assert own
    missing = [
        name
        for name in own
        if not (PACKAGE / name).exists()
        and not (PACKAGE / f"{name}.py").exists()
        and not (PACKAGE / name.split(".")[0]).with_suffix(".py").exists()
    ]
    assert missing == []


def test_every_file_of_tables_is_listed() -> None:
    listed = set(re.findall(r"^\| `(\w+\.py)` \|", PAGE, re.MULTILINE))
    existing = {path.name for path in (PACKAGE / "models").glob("*.py")}
    assert listed == existing - {"__init__.py", "base.py", "engine.py"}
