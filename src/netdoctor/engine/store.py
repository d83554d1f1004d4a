"""Where runs are kept: one file a run in the user's state folder, one JSON entry a line."""

from __future__ import annotations

import grp
import io
import os
import re
import secrets
import zipfile
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import platformdirs

from netdoctor.model.codec import UndecodableEntry, decode_entry, encode_entry
from netdoctor.model.events import Captured, Diagnosed, Entry, RunStarted
from netdoctor.model.suggest import nearest

SUFFIX = ".jsonl"
LAST = "last"
_JOURNAL_IN_BUNDLE = "journal.jsonl"
_OWNER_ONLY, _OWNER_AND_GROUP = 0o600, 0o640


class RunNotFound(ValueError):
    """No stored run, and no file, answers to this name."""


class UnreadableRun(ValueError):
    """A file that is not a run, or was damaged other than by being cut off at its end."""


class UnknownGroup(ValueError):
    """A group to share with that this machine does not have."""


class RunInfo(msgspec.Struct, frozen=True, kw_only=True):
    """One line of `netdoctor runs list`."""

    id: str
    path: Path
    kind: str
    started_at: datetime
    targets: tuple[str, ...]
    size_bytes: int
    verdict: str | None = None
    summary: str = ""


class RunFile:
    """The file of a run in progress; a journal sink. Whole lines only, so that readers can follow it."""

    def __init__(self, path: Path, share_group: str | None = None) -> None:
        self.path = path
        self.error: OSError | None = None
        """Set when the file could not be written; the run goes on without it."""
        mode = _OWNER_ONLY if share_group is None else _OWNER_AND_GROUP
        group = -1 if share_group is None else group_id(share_group)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND, mode)
        os.fchmod(descriptor, mode)
        os.fchown(descriptor, -1, group)
        self._file: io.BufferedWriter = os.fdopen(descriptor, "ab")

    def __call__(self, entry: Entry) -> None:
        if self.error is not None:
            return
        try:
            self._file.write(encode_entry(entry) + b"\n")
            self._file.flush()
        except OSError as error:
            self.error = error

    def close(self) -> None:
        try:
            self._file.close()
        except OSError as error:
            self.error = self.error or error


class RunStore:
    """The runs of a folder; by default the user's state folder (XDG: `~/.local/state/netdoctor/runs`)."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or platformdirs.user_state_path("netdoctor") / "runs"

    def create(self, run_id: str, share_group: str | None = None) -> RunFile:
        """A new run file, readable by its owner, and with `share_group` by that group."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if share_group is not None:
            self.folder.chmod(0o711)  # the group may open a file whose name it knows, not list them
        return RunFile(self.folder / f"{run_id}{SUFFIX}", share_group)

    def find(self, ref: str) -> Path:
        """The file of a run by id, by the beginning of an id that only one has, `last`, or a path."""
        if (path := Path(ref)).is_file():
            return path
        names = sorted(found.stem for found in self.folder.glob(f"*{SUFFIX}"))
        if ref == LAST and names:
            return self.folder / f"{names[-1]}{SUFFIX}"
        matching = [name for name in names if name.startswith(ref)]
        if len(matching) == 1 or ref in matching:
            return self.folder / f"{ref if ref in matching else matching[0]}{SUFFIX}"
        if matching:
            raise RunNotFound(f"run {ref!r} is ambiguous: {', '.join(matching[:5])}")
        raise RunNotFound(f"no run and no file {ref!r}{nearest(ref, [*names, LAST] if names else [])}")

    def runs(self) -> list[RunInfo]:
        """All runs, newest first; a file that is not a run is passed over."""
        found = (info(path) for path in self.folder.glob(f"*{SUFFIX}"))
        return sorted((run for run in found if run), key=lambda run: (run.started_at, run.id), reverse=True)


def group_id(name: str) -> int:
    """The id of a group. Raises UnknownGroup."""
    try:
        return grp.getgrnam(name).gr_gid
    except KeyError:
        known = (group.gr_name for group in grp.getgrall())
        raise UnknownGroup(f"no group {name!r} on this machine{nearest(name, known)}") from None


def new_run_id(target: str, now: datetime | None = None) -> str:
    """An id that sorts by time and says what the run was about: `20260131T030501Z-leaf1-9f3c`."""
    about = re.sub(r"[^A-Za-z0-9.]+", "-", target).strip("-.")[:40] or "run"
    stamp = (now or datetime.now(UTC)).strftime("%Y%m%dT%H%M%SZ")
    return f"{stamp}-{about}-{secrets.token_hex(2)}"


def info(path: Path) -> RunInfo | None:
    """What a run file says of itself, without decoding all of it; None when it is not a run."""
    started: Entry | None = None
    concluded: bytes | None = None
    with path.open("rb") as lines:
        for line in lines:
            if started is None:
                started = _decoded(line)
            elif b'"event":{"event":"Diagnosed"' in line[:200]:
                concluded = line
    if started is None or not isinstance(started.event, RunStarted):
        return None
    last = _decoded(concluded) if concluded else None
    diagnosis = last.event.diagnosis if last and isinstance(last.event, Diagnosed) else None
    return RunInfo(
        id=started.event.run_id,
        path=path,
        kind=started.event.kind,
        started_at=started.at,
        targets=started.event.targets,
        size_bytes=path.stat().st_size,
        verdict=diagnosis.verdict if diagnosis else None,
        summary=diagnosis.summary if diagnosis else "",
    )


def read_entries(path: Path) -> Iterator[Entry]:
    """The entries of a run file, or of a bundle's journal. Raises UnreadableRun.

    A last line without its end is a run in progress, or one cut off: what stands before it is whole.
    """
    if zipfile.is_zipfile(path):
        yield from _read_bundle(path)
        return
    with path.open("rb") as lines:
        yield from _entries(lines, path)


def write_bundle(path: Path, entries: Iterable[Entry], files: Iterable[tuple[str, str]] = ()) -> None:
    """A zip with the journal and, for people, each answer in a text file of its own. Replaces atomically.

    `files` are further ones: names in the zip, and texts.
    """
    kept = list(entries)
    partial = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY)
    try:
        with os.fdopen(descriptor, "wb") as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as bundle:
            bundle.writestr(_JOURNAL_IN_BUNDLE, b"".join(encode_entry(entry) + b"\n" for entry in kept))
            for number, entry in enumerate(kept, start=1):
                if isinstance(captured := entry.event, Captured):
                    slug = re.sub(r"[^A-Za-z0-9]+", "-", captured.command).strip("-")[:60]
                    name = f"captures/{captured.device}/{number:04}-{slug}-{captured.sample}.txt"
                    bundle.writestr(name, captured.output)
            for name, text in files:
                bundle.writestr(name, text)
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def _read_bundle(path: Path) -> Iterator[Entry]:
    with zipfile.ZipFile(path) as bundle:
        if _JOURNAL_IN_BUNDLE not in bundle.namelist():
            raise UnreadableRun(f"{path}: not a bundle of netdoctor: it has no {_JOURNAL_IN_BUNDLE}")
        with bundle.open(_JOURNAL_IN_BUNDLE) as lines:
            yield from _entries(lines, path)


def _entries(lines: Iterable[bytes], path: Path) -> Iterator[Entry]:
    for number, line in enumerate(lines, start=1):
        try:
            yield decode_entry(line)
        except UndecodableEntry as error:
            if not line.endswith(b"\n"):
                return
            raise UnreadableRun(f"{path}:{number}: not an entry of a run: {error}") from error


def _decoded(line: bytes) -> Entry | None:
    try:
        return decode_entry(line)
    except UndecodableEntry:
        return None
