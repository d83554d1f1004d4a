"""The nearest right word, for messages about wrong ones."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


def nearest(word: str, known: Iterable[str]) -> str:
    """`, did you mean 'x'?` when a known word is near, else nothing."""
    candidates = list(known)
    found = difflib.get_close_matches(word, candidates, n=1, cutoff=0.5) or difflib.get_close_matches(
        word.lower(), candidates, n=1, cutoff=0.4
    )
    return f", did you mean {found[0]!r}?" if found else ""
