"""What is generated is committed, and current."""

from __future__ import annotations

import runpy
from pathlib import Path


def test_generated_files_are_current(checkout: Path) -> None:
    files = runpy.run_path(str(checkout / "docs/generate.py"))["generated"]()
    stale = [path.name for path, text in files.items() if not path.exists() or path.read_text() != text]
    assert stale == [], "run `make generated`"
