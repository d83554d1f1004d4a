"""Reads check and cause files. A file's id is its path: `checks/<area>/<name>.yaml` is `area.name`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

import msgspec

from netdoctor.model.findings import AREAS
from netdoctor.model.suggest import nearest
from netdoctor.rules.errors import RuleError
from netdoctor.rules.files import Cause, Check
from netdoctor.strictyaml import Document, FileError, Keys, read

CAUSES_FOLDER = "causes"
_NAME = re.compile(r"[a-z0-9_]+")

R = TypeVar("R", Check, Cause)


@dataclass(frozen=True)
class RuleFile(Generic[R]):
    """A check or a cause with the document it was read from."""

    rule: R
    document: Document

    @property
    def path(self) -> str:
        return shown(Path(self.document.path))

    def error(self, keys: Keys, message: str) -> RuleError:
        """A mistake at some key of this file."""
        return RuleError(self.path, self.document.line(keys), keys, message)


class Folder(NamedTuple):
    """What a folder holds: its good files by id, sorted, and the mistakes of the others."""

    checks: dict[str, RuleFile[Check]]
    causes: dict[str, RuleFile[Cause]]
    errors: list[RuleError]

    def need_files(self, folder: Path) -> None:
        """Raises RuleError when nothing at all was found: the folder is hardly the one that was meant."""
        if not (self.checks or self.causes or self.errors):
            raise RuleError(shown(folder), None, (), "holds no check or cause file (`<area>/<name>.yaml`)")


def builtin_folder() -> Path:
    """The folder of the checks that came with netdoctor: in the package, or in the checkout it runs from."""
    package = Path(__file__).parents[1]
    shipped = package / "_checks"
    return shipped if shipped.is_dir() else package.parents[1] / "checks"


@cache
def read_builtin() -> Folder:
    """What came with netdoctor; it does not change while a process runs."""
    return read_folder(builtin_folder())


def read_folder(folder: Path) -> Folder:
    """Reads every `.yaml` file of a folder. Raises RuleError when there is no such folder."""
    if not folder.is_dir():
        raise RuleError(shown(folder), None, (), "is no folder of check files")
    found = Folder({}, {}, [])
    for path in _files(folder):
        try:
            _read_into(found, path, path.relative_to(folder).parts)
        except RuleError as error:
            found.errors.append(error)
    return found


def read_check(path: Path, check_id: str) -> RuleFile[Check]:
    """One check file. Raises RuleError."""
    return _read(path, check_id, Check)


def read_cause(path: Path, cause_id: str) -> RuleFile[Cause]:
    """One cause file. Raises RuleError."""
    return _read(path, cause_id, Cause)


def shown(path: Path) -> str:
    """A path as messages show it: relative when it is below the current folder."""
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_absolute() and path.is_relative_to(here) else path)


def _files(folder: Path) -> Iterator[Path]:
    """The YAML files below a folder, sorted; what is hidden or of another kind is left alone."""
    for path in sorted(folder.rglob("*.y*ml")):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if path.is_file() and not hidden:
            yield path


def _read_into(found: Folder, path: Path, parts: tuple[str, ...]) -> None:
    if parts[0] == CAUSES_FOLDER:
        cause_id = _id_of(path, parts[1:], None)
        found.causes[cause_id] = read_cause(path, cause_id)
    else:
        check_id = _id_of(path, parts, AREAS)
        found.checks[check_id] = read_check(path, check_id)


def _id_of(path: Path, parts: tuple[str, ...], areas: Iterable[str] | None) -> str:
    """`area.name` of a file, from its place below the folder. Raises RuleError."""
    if len(parts) != 2:
        wanted = "<area>/<name>.yaml or causes/<area>/<name>.yaml"
        raise RuleError(shown(path), None, (), f"stands in the wrong place, not at {wanted}")
    area, name = parts[0], Path(parts[1]).stem
    if areas is not None and area not in areas:
        raise RuleError(shown(path), None, (), f"the folder {area!r} is no area{nearest(area, areas)}")
    wrong = next((word for word in (area, name) if not _NAME.fullmatch(word)), None)
    if wrong is not None:
        raise RuleError(shown(path), None, (), f"the name {wrong!r} may hold a-z, 0-9 and _ only")
    if path.suffix != ".yaml":
        raise RuleError(shown(path), None, (), f"should be named {name}.yaml")
    return f"{area}.{name}"


def _read(path: Path, rule_id: str, shape: type[R]) -> RuleFile[R]:
    try:
        document = read(path)
        if isinstance(document.value, dict) and "id" in document.value:
            raise document.error(("id",), "is not written in the file: its path says it")
        rule = _convert(document, shape)
    except FileError as error:
        raise RuleError(shown(path), error.line, error.keys, error.message) from None
    return RuleFile(msgspec.structs.replace(rule, id=rule_id), document)


def _convert(document: Document, shape: type[R]) -> R:
    """As `Document.convert`, but a good file does not pay for finding the place of a mistake."""
    try:
        return msgspec.convert(document.value, shape)
    except msgspec.ValidationError:
        return document.convert(shape)
