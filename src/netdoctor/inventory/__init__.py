"""Where devices come from: `load` reads an inventory, `resolve` finds what a TARGET names."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import platformdirs

from netdoctor.inventory.base import InventoryError
from netdoctor.inventory.ssh_config import SCHEME, looks_like_ssh_config, read_ssh_config
from netdoctor.inventory.targets import resolve
from netdoctor.inventory.yaml_file import read_yaml
from netdoctor.model.devices import Network

__all__ = ["FILE_NAME", "VARIABLE", "InventoryError", "find", "load", "resolve"]

FILE_NAME = "netdoctor.yaml"
VARIABLE = "NETDOCTOR_INVENTORY"


def load(location: str | None, environ: Mapping[str, str] = os.environ) -> Network:
    """The inventory at a location, else at the first usual place that has one; empty when none has.

    A location is a YAML file, a folder of them, `ssh_config:` (or `ssh_config:FILE`), or an SSH configuration
    file. Raises InventoryError whose text names file, line and key.
    """
    found = find(location, environ)
    if found is None:
        return Network()
    if found.startswith(SCHEME):
        return read_ssh_config(Path(found.removeprefix(SCHEME) or "~/.ssh/config").expanduser())
    path = Path(found).expanduser()
    return read_ssh_config(path) if looks_like_ssh_config(path) else read_yaml(_files(path))


def find(location: str | None, environ: Mapping[str, str] = os.environ) -> str | None:
    """Where the inventory is: as asked, `$NETDOCTOR_INVENTORY`, `./netdoctor.yaml`, the user's configuration
    folder. None when nobody asked and no usual place has one."""
    if asked := location or environ.get(VARIABLE):
        return asked
    usual = (Path(FILE_NAME), platformdirs.user_config_path("netdoctor") / FILE_NAME)
    return next((str(path) for path in usual if path.is_file()), None)


def _files(path: Path) -> list[Path]:
    """The file itself, or the YAML files of a folder in order of name."""
    if "://" in str(path) or str(path).startswith(("http:", "https:")):
        raise InventoryError(f"{path}: an inventory is a file or a folder; download it first")
    if not path.is_dir():
        return [path]
    files = sorted(file for file in path.iterdir() if file.suffix in {".yaml", ".yml"} and file.is_file())
    if not files:
        raise InventoryError(f"{path}: no .yaml file in this folder")
    return files
