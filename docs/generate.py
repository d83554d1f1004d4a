"""Writes what is generated from the code and from `checks/`; `make generated` runs it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from netdoctor.cli.completions import script
from netdoctor.engine.store import read_entries
from netdoctor.report.build import build
from netdoctor.report.text import render
from netdoctor.rules import load_catalogue
from netdoctor.rules.explain import explain_cause, explain_check
from netdoctor.view.state import RunState

ROOT = Path(__file__).parent.parent
NOTE = "*Generated from `checks/` by `make generated`. Do not edit.*"


def generated() -> dict[Path, str]:
    """The content of every generated file, by path."""
    catalogue = load_catalogue()
    files = {ROOT / f"completions/netdoctor.{shell}": script(shell) for shell in ("bash", "zsh", "fish")}
    files[ROOT / "docs/checks.md"] = _page(
        "Checks", (explain_check(check, catalogue) for check in catalogue.checks.values())
    )
    files[ROOT / "docs/causes.md"] = _page(
        "Causes", (explain_cause(cause, catalogue) for cause in catalogue.causes.values())
    )
    files[ROOT / "README.md"] = _readme((ROOT / "README.md").read_text(encoding="utf-8"))
    return files


def _readme(text: str) -> str:
    """The README with the page of a recorded demo in it."""
    state = RunState()
    for entry in read_entries(ROOT / "tests/journals/dirty_connector.jsonl"):
        state.apply(entry)
    shown = f"<!-- demo -->\n```\n$ netdoctor demo\n{render(build(state))}```\n<!-- /demo -->"
    return re.sub(r"<!-- demo -->.*<!-- /demo -->", lambda _: shown, text, flags=re.DOTALL)


def _page(title: str, pages: Iterable[str]) -> str:
    """One page out of many, their headings a step lower."""
    lowered = (re.sub(r"^#", "##", page, flags=re.MULTILINE) for page in pages)
    return "\n".join([f"# {title}\n", NOTE + "\n", *lowered])


if __name__ == "__main__":
    for path, text in generated().items():
        path.write_text(text, encoding="utf-8")
