"""What keeps the code easy to read and quick to start."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = {
    str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in ROOT.rglob("src/**/*.py")
}
FILE_LIMIT_LINES, FUNCTION_LIMIT_LINES = 400, 50
HEAVY = ("asyncssh", "textual", "scapy", "rich", "yaml", "msgspec", "cel", "platformdirs", "cryptography")
BARE_IGNORE = re.compile(r"#\s*(noqa(: ?[A-Z0-9, ]+)?|type: ignore(\[[\w, -]+\])?)\s*$", re.MULTILINE)


def test_files_stay_short() -> None:
    assert [name for name, text in SOURCES.items() if text.count("\n") > FILE_LIMIT_LINES] == []


def test_functions_fit_a_screen() -> None:
    assert [
        f"{name}:{node.lineno} {node.name}"
        for name, text in SOURCES.items()
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno >= FUNCTION_LIMIT_LINES
    ] == []


def test_every_module_says_what_it_is_for() -> None:
    assert [name for name, text in SOURCES.items() if not ast.get_docstring(ast.parse(text))] == []


def test_every_ignored_warning_has_its_reason() -> None:
    assert [name for name, text in SOURCES.items() if BARE_IGNORE.search(text)] == []


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["no-such-command"]])
def test_showing_help_imports_nothing_heavy(arguments: list[str]) -> None:
    script = (
        "import sys\n"
        "from netdoctor.cli import main\n"
        f"try: main({arguments!r})\n"
        "except SystemExit: pass\n"
        f"print(sorted(set({HEAVY!r}) & set(sys.modules)), file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stderr.splitlines()[-1] == "[]"


def test_layers_hold(checkout: Path) -> None:
    argv = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    done = subprocess.run(argv, cwd=checkout, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
