"""The top-level command group: finds its sub-commands, and says in one line what went wrong."""

from __future__ import annotations

import ast
import importlib
import importlib.util
import os
import pkgutil
import sys
import traceback
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, NoReturn

import click

from netdoctor.model.suggest import nearest

_COMPLETING = "_NETDOCTOR_COMPLETE"
"""Set by the completion scripts (click's name for it)."""
USAGE_EXIT, INTERNAL_EXIT, INTERRUPTED_EXIT = 2, 3, 130


class Commands(click.Group):
    """A group whose commands are the modules of a package that define `command`.

    A module is imported when its command runs. The list of commands and their one-line help (the first line
    of the module's docstring) are read from the source, so that showing them costs no import.
    """

    def __init__(self, *args: Any, package: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self._package = package

    @cached_property
    def _titles(self) -> dict[str, str]:
        """The commands' names with their titles."""
        spec = importlib.util.find_spec(self._package)
        folders = spec.submodule_search_locations if spec else None
        found: dict[str, str] = {}
        for module in pkgutil.iter_modules(folders or []):
            source = Path(module.module_finder.path) / f"{module.name}.py"  # type: ignore[union-attr]  # a path finder: these are source folders
            title = _command_title(source) if not module.ispkg else None
            if title is not None:
                found[module.name.replace("_", "-")] = title
        return found

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(self._titles)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in self._titles:
            return None
        module = importlib.import_module(f"{self._package}.{name.replace('-', '_')}")
        command: click.Command = module.command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if not name.startswith("-") and name not in self._titles and not ctx.resilient_parsing:
            ctx.fail(f"no such command {name!r}{nearest(name, self._titles)}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(sorted(self._titles.items()))

    def main(self, args: Sequence[str] | None = None, *more: Any, **options: Any) -> NoReturn:
        """Runs a command and exits with its code. Whatever goes wrong ends in one line on stderr."""
        arguments = list(sys.argv[1:] if args is None else args)
        options["standalone_mode"] = False
        try:
            code = super().main(arguments, *more, **options)
        except click.exceptions.NoArgsIsHelpError as error:
            click.echo(error.format_message(), err=True)
            sys.exit(USAGE_EXIT)
        except (click.Abort, KeyboardInterrupt):
            sys.exit(INTERRUPTED_EXIT)
        except Exception as error:  # noqa: BLE001 - the outermost seam: no traceback reaches a user
            if _COMPLETING in os.environ:
                sys.exit(INTERNAL_EXIT)  # nothing may be printed into the line being typed
            sys.exit(_explained(error, verbose=not {"-v", "--verbose"}.isdisjoint(arguments)))
        sys.exit(code if isinstance(code, int) else 0)


def _explained(error: Exception, *, verbose: bool) -> int:
    """Says on stderr what went wrong; returns the exit code."""
    if isinstance(error, click.ClickException):
        _say(error.format_message())
        context = getattr(error, "ctx", None)
        if context is not None:
            click.echo(f"Try `{context.command_path} --help`.", err=True)
        return USAGE_EXIT
    if _is_bad_input(error):
        _say(str(error))
        return USAGE_EXIT
    _say(f"internal error: {type(error).__name__}: {error}")
    for note in getattr(error, "__notes__", ()):
        _say(note)
    if verbose:
        traceback.print_exception(error)
    else:
        _say("-v shows where")
    return INTERNAL_EXIT


def _is_bad_input(error: Exception) -> bool:
    """Bad input is what our own readers refuse: their error classes are ValueErrors defined here."""
    return (
        isinstance(error, ValueError)
        and type(error).__module__.partition(".")[0] == __package__.partition(".")[0]
    )


def _say(message: str) -> None:
    click.echo(f"netdoctor: {message}", err=True)


def _command_title(source: Path) -> str | None:
    """The first line of a module's docstring when the module defines `command`, else None."""
    tree = ast.parse(source.read_bytes())
    names = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
    for node in tree.body:
        if isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names |= {target.id for target in targets if isinstance(target, ast.Name)}
    if "command" not in names:
        return None
    return (ast.get_docstring(tree) or "").partition("\n")[0]
