"""What is wrong with a check or cause file, and where."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


class RuleError(ValueError):
    """One mistake in one file: `path/to/file.yaml:LINE: key 'X': what is wrong, did you mean 'Y'?`."""

    def __init__(self, path: str, line: int | None, problem: str, key: str | None = None) -> None:
        self.path = path
        self.line = line
        self.key = key
        self.problem = problem
        place = path if line is None else f"{path}:{line}"
        super().__init__(f"{place}: key {key!r}: {problem}" if key else f"{place}: {problem}")

    @property
    def position(self) -> tuple[str, int]:
        return self.path, self.line or 0


class RuleErrors(RuleError):
    """All the mistakes of a directory together, one a line, sorted by file and line."""

    def __init__(self, errors: Iterable[RuleError]) -> None:
        self.errors = tuple(sorted(errors, key=lambda error: error.position))
        first = self.errors[0]
        super().__init__(first.path, first.line, first.problem, first.key)
        self.args = ("\n".join(map(str, self.errors)),)


def raise_all(errors: Sequence[RuleError]) -> None:
    """Raises nothing for no errors, else RuleErrors with all of them."""
    if errors:
        raise RuleErrors(errors)


class CheckFault(Exception):
    """A check that raised while it was judging: its own mistake, not the device's."""
