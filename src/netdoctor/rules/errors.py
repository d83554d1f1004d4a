"""What is wrong with check and cause files, and where."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from netdoctor.strictyaml import FileError


class RuleError(FileError):
    """A mistake in one file: `path/to/file.yaml:LINE: key 'X': what is wrong, did you mean 'Y'?`."""

    @property
    def position(self) -> tuple[str, int]:
        return self.path, self.line or 0

    @classmethod
    def of(cls, error: FileError) -> RuleError:
        return cls(error.path, error.line, error.keys, error.message)


class RuleErrors(RuleError):
    """All the mistakes of a folder together, one a line, sorted by file and line."""

    def __init__(self, errors: Iterable[RuleError]) -> None:
        self.errors = tuple(sorted(errors, key=lambda error: error.position))
        first = self.errors[0]
        super().__init__(first.path, first.line, first.keys, first.message)
        self.args = ("\n".join(map(str, self.errors)),)


def raise_all(errors: Sequence[RuleError]) -> None:
    """Raises nothing for no errors, else RuleErrors with all of them."""
    if errors:
        raise RuleErrors(errors)


class CheckFault(Exception):
    """A check that raised while it was judging: its own mistake, not the device's."""
