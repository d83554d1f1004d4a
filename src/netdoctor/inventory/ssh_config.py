"""The hosts of an OpenSSH client configuration as devices (ssh_config(5))."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from typing import NamedTuple

from netdoctor.inventory.base import InventoryError, name_problem
from netdoctor.model.devices import Device, Network

SCHEME = "ssh_config:"
_MAX_DEPTH = 8
_KEYWORDS = {"hostname", "user", "port", "identityfile", "proxyjump", "userknownhostsfile"}
_LINE = re.compile(r"\s*(?P<keyword>[A-Za-z]+)(?:\s*=\s*|\s+)(?P<rest>.*)")


class _Block(NamedTuple):
    """A `Host` block: what it says of the hosts that its patterns match. `Match` blocks match none here."""

    patterns: tuple[str, ...]
    said: dict[str, str]

    def matches(self, name: str) -> bool:
        refused = any(fnmatchcase(name, pattern[1:]) for pattern in self.patterns if pattern.startswith("!"))
        return not refused and any(fnmatchcase(name, pattern) for pattern in self.patterns)


def looks_like_ssh_config(path: Path) -> bool:
    """True for `~/.ssh/config` and files named `ssh_config`."""
    return path.name == "ssh_config" or (path.name == "config" and path.parent.name == ".ssh")


def read_ssh_config(path: Path) -> Network:
    """Every host that is named without a wildcard. Settings of `Match` blocks are not read, and names that no
    device may bear are passed over. Raises InventoryError."""
    blocks = list(_blocks(path, 0))
    names = dict.fromkeys(
        pattern for block in blocks for pattern in block.patterns if not name_problem(pattern)
    )
    return Network(devices={name: _device(name, blocks) for name in names})


def _device(name: str, blocks: list[_Block]) -> Device:
    """What the blocks say together; the first that says a thing has the word."""
    said: dict[str, str] = {}
    for block in blocks:
        if block.matches(name):
            said = block.said | said
    port = said.get("port", "22")
    if not port.isdigit() or not 0 < int(port) < 65536:
        raise InventoryError(f"ssh_config: Port {port!r} of host {name} is not a port number")
    return Device(
        name=name,
        host=said.get("hostname", name).replace("%h", name),
        port=int(port),
        username=said.get("user"),
        identity=said.get("identityfile"),
        jump=said.get("proxyjump") if said.get("proxyjump") != "none" else None,
        known_hosts=said.get("userknownhostsfile"),
    )


def _blocks(path: Path, depth: int) -> Iterator[_Block]:
    if depth > _MAX_DEPTH:
        raise InventoryError(f"{path}: Include goes deeper than {_MAX_DEPTH} files")
    try:
        lines = path.read_text("utf-8", "replace").splitlines()
    except OSError as error:
        raise InventoryError(f"{path}: cannot be read: {error.strerror}") from None
    block = _Block(("*",), {})
    for number, line in enumerate(lines, start=1):
        found = _LINE.fullmatch(line)
        if found is None:
            continue
        try:
            words = shlex.split(found["rest"], comments=True)
        except ValueError as error:
            raise InventoryError(f"{path}:{number}: {str(error).lower()}") from None
        keyword = found["keyword"].lower()
        if keyword in {"host", "match"}:
            yield block
            block = _Block(tuple(words) if keyword == "host" else (), {})
        elif keyword == "include":
            for included in (file for word in words for file in _included(word)):
                yield from _blocks(included, depth + 1)
        elif keyword in _KEYWORDS and words:
            block.said.setdefault(keyword, words[0])
    yield block


def _included(word: str) -> list[Path]:
    """The files of an Include, relative ones counted from ~/.ssh."""
    path = Path("~/.ssh").expanduser() / Path(word).expanduser()
    return sorted(file for file in path.parent.glob(path.name) if file.is_file())
