"""Writes what is generated from the code and from `checks/`; `make generated` runs it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from netdoctor.cli.completions import script
from netdoctor.rules import load_catalogue
from netdoctor.rules.explain import explain_cause, explain_check

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
    return files


def _page(title: str, pages: Iterable[str]) -> str:
    """One page out of many, their headings a step lower."""
    lowered = (re.sub(r"^#", "##", page, flags=re.MULTILINE) for page in pages)
    return "\n".join([f"# {title}\n", NOTE + "\n", *lowered])


if __name__ == "__main__":
    for path, text in generated().items():
        path.write_text(text, encoding="utf-8")
