"""Where a report goes: stdout or a file, with colours or without."""

from __future__ import annotations

import os
import secrets
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import click
import msgspec

from netdoctor.view.state import RunState


class Output(msgspec.Struct, frozen=True, kw_only=True):
    """How a report is shown."""

    format_name: str = "text"
    output: str | None = None
    """A file; None is stdout."""
    verbose: bool = False
    no_color: bool = False


def color_wanted(no_color: bool, stream: IO[str], environ: Mapping[str, str] = os.environ) -> bool:
    """Colours on a terminal only, unless told (https://no-color.org, https://bixense.com/clicolors)."""
    if no_color or environ.get("NO_COLOR"):
        return False
    if environ.get("CLICOLOR_FORCE", "0") != "0":
        return True
    return stream.isatty() and environ.get("TERM") != "dumb" and environ.get("CLICOLOR") != "0"


def replayed(path: Path) -> RunState:
    """The state that a stored run left."""
    from netdoctor.engine.store import read_entries

    state = RunState()
    for entry in read_entries(path):
        state.apply(entry)
    return state


def rendered(state: RunState, output: Output) -> str:
    """The report of a run as text or JSON."""
    from netdoctor.report import json, text
    from netdoctor.report.build import build

    report = build(state)
    if output.format_name == "json":
        return json.render(report)
    to_file = output.output is not None
    return text.render(
        report,
        width=80 if to_file else shutil.get_terminal_size((80, 24)).columns,
        color=not to_file and color_wanted(output.no_color, sys.stdout),
        verbose=output.verbose,
        interrupted=state.interrupted,
        advice=state.advice,
    )


@contextmanager
def writer(path: str | None) -> Iterator[IO[bytes]]:
    """A place to write bytes: stdout, or a file that is replaced as a whole when all went well."""
    if path is None:
        sys.stdout.flush()
        yield sys.stdout.buffer
        return
    final = Path(path)
    partial = final.with_name(f".{final.name}.{secrets.token_hex(4)}")
    try:
        with partial.open("xb") as file:
            yield file
        partial.replace(final)
    except OSError as error:
        raise click.UsageError(f"cannot write {path}: {error.strerror}") from error
    finally:
        partial.unlink(missing_ok=True)


def write(text: str, path: str | None) -> None:
    """Writes text in stdout's own encoding, or as UTF-8 to a file."""
    encoding = "utf-8" if path else (sys.stdout.encoding or "utf-8")
    with writer(path) as file:
        file.write(text.encode(encoding, "replace"))
        file.flush()


def check_writable(path: str | None) -> None:
    """Refuses, before anything is contacted, a file that could not be written in the end."""
    if path is None:
        return
    folder = Path(path).absolute().parent
    if not folder.is_dir():
        raise click.UsageError(f"cannot write {path}: no folder {folder}")
    if not os.access(folder, os.W_OK):
        raise click.UsageError(f"cannot write {path}: no right to write in {folder}")
