"""Runs CEL conditions, in which what a device did not say makes the answer unknown, never false."""

from __future__ import annotations

import importlib.util
import sys
from functools import cache
from importlib.machinery import PathFinder
from types import ModuleType
from typing import TYPE_CHECKING, Any

from netdoctor.rules.cel_parser import LIMIT_CHARACTERS
from netdoctor.rules.errors import CheckFault

if TYPE_CHECKING:
    from cel import Program

_UNDEFINED = "Undefined variable or function"
"""How the native package begins its message when a name is not in the context."""


@cache
def _native() -> ModuleType:
    """The native half of the package `cel`, without its command line, which takes 280 ms to import."""
    package = importlib.util.find_spec("cel")
    places = package.submodule_search_locations if package else None
    spec = PathFinder.find_spec("cel.cel", places) if "cel" not in sys.modules else None
    if spec is None or spec.loader is None:
        return importlib.import_module("cel")
    module = importlib.util.module_from_spec(spec)
    # Under its own name, so that a later `import cel` finds it and does not start it twice.
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


class Condition:
    """One compiled condition."""

    def __init__(self, text: str) -> None:
        if len(text) > LIMIT_CHARACTERS:
            raise ValueError(f"the condition is longer than {LIMIT_CHARACTERS} characters")
        self.text = text
        self._program: Program = _native().compile(text)
        self.names = frozenset(self._program.variables())
        """What it uses; the names that a macro binds are among them."""

    def holds(self, values: dict[str, Any]) -> bool | None:
        """True, False, or None when it hangs on a name without a value. Raises CheckFault."""
        try:
            answer = self._program.execute(values)
        except RuntimeError as error:
            if str(error).startswith(_UNDEFINED):
                return None
            raise CheckFault(f"{self.text!r}: {error}") from error
        except (TypeError, ValueError, ArithmeticError) as error:
            raise CheckFault(f"{self.text!r}: {error}") from error
        if not isinstance(answer, bool):
            raise CheckFault(f"{self.text!r} gives {answer!r}, not true or false")
        return answer


@cache
def condition(text: str) -> Condition:
    """The compiled form of a condition. Raises ValueError when it is not CEL."""
    return Condition(text)


def is_pattern(text: str) -> bool:
    """True for a regular expression that `matches` takes. Only running it tells."""
    try:
        _native().evaluate("''.matches(pattern)", {"pattern": text})
    except RuntimeError:
        return False
    return True
