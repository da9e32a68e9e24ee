"""How the code is cut: sizes, names, docstrings, who commits."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.checkout import PACKAGE, SOURCES

FILE_LINES = 400
FUNCTION_LINES = 50
NAMELESS = {"utils", "util", "helpers", "helper", "common", "manager", "misc", "tools"}

OWN_TRANSACTION = {
    "jobs/queue.py": "a claim or report stands by itself, whatever becomes of the work",
    "web/sessions.py": "a browser's session outlives a request that was refused",
}
"""Who ends a transaction below or beside the use-cases. Commands and `demo` stand above them."""


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def long_functions(tree: ast.AST) -> list[str]:
    return [
        f"{node.name}: {node.end_lineno - node.lineno + 1} lines"
        for node in functions(tree)
        if node.end_lineno is not None and node.end_lineno - node.lineno >= FUNCTION_LINES
    ]


def commits(tree: ast.AST) -> bool:
    return any(
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "commit"
        for node in ast.walk(tree)
    )


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_is_short_named_and_described(path: Path) -> None:
    text = path.read_text()
    tree = ast.parse(text)
    assert len(text.splitlines()) <= FILE_LINES
    assert long_functions(tree) == []
    assert path.stem not in NAMELESS
    assert ast.get_docstring(tree)


def test_only_use_cases_commit() -> None:
    above = {"services", "demo", "opening.py"}
    others = [path.relative_to(PACKAGE) for path in SOURCES if "commands" not in path.stem]
    found = {
        str(path)
        for path in others
        if path.parts[0] not in above and commits(ast.parse((PACKAGE / path).read_text()))
    }
    assert found == set(OWN_TRANSACTION)


def test_the_checks_see_what_they_forbid() -> None:
    body = "\n".join("    x = 1" for _ in range(FUNCTION_LINES))
    assert long_functions(ast.parse(f"def f():\n{body}")) == [f"f: {FUNCTION_LINES + 1} lines"]
    assert commits(ast.parse("def g(db):\n    db.session.commit()"))
