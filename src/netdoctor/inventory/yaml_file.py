"""The inventory as YAML: `defaults`, `devices`, `links`, `services`, `known_hosts`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec

from netdoctor import platforms
from netdoctor.inventory.base import InventoryError, name_problem
from netdoctor.model.devices import AUTO, Device, Network
from netdoctor.model.entities import LinkEnd
from netdoctor.model.suggest import nearest
from netdoctor.strictyaml import Document, FileError, Keys, read

LIMIT_BYTES = 16 << 20

Port = Annotated[int, msgspec.Meta(ge=1, le=65535)]
Text = Annotated[str, msgspec.Meta(min_length=1)]


class Settings(msgspec.Struct, kw_only=True, omit_defaults=True):
    """What may be said of a device, or in `defaults`; the meanings are those of `model.devices.Device`."""

    host: Text | None = None
    port: Port | None = None
    platform: Text | None = None
    username: Text | None = None
    identity: Text | None = None
    password_env: Text | None = None
    enable_password_env: Text | None = None
    keyring: Text | None = None
    ask_password: bool | None = None
    jump: Text | None = None
    known_hosts: Text | None = None
    site: Text | None = None
    role: Text | None = None
    tags: tuple[str, ...] | None = None


class Service(msgspec.Struct, kw_only=True):
    """A service to probe. Read and checked; no probe uses it."""

    address: Text
    port: Port | None = None
    names: tuple[str, ...] = ()
    url: str | None = None
    sites: tuple[str, ...] = ()


ServiceKind = Literal["dns", "dhcp", "ntp", "http", "tcp", "radius", "tacacs", "syslog"]


class Content(msgspec.Struct, kw_only=True):
    """One file. Files of a folder are read as if they were one."""

    defaults: Settings | None = None
    devices: dict[str, Settings | None] | None = None
    links: tuple[tuple[str, str], ...] | None = None
    services: dict[ServiceKind, tuple[Service, ...]] | None = None
    known_hosts: Text | None = None


_WORD = re.compile(r"[\w-]+")
_PATHS = ("identity", "known_hosts")
"""Settings that are paths; a relative one counts from the file's folder."""

_ADVICE = {
    "login": "write `password_env: VARIABLE`, `keyring: SERVICE` or `ask_password: true`",
    "enable": "write `enable_password_env: VARIABLE`",
}
_SECRETS = ("password", "passwd", "secret", "passphrase", "enable_password", "enable_secret", "token")


def read_yaml(files: Sequence[Path]) -> Network:
    """The network that some files describe together. Raises InventoryError."""
    try:
        sources = [_Source(read(file, LIMIT_BYTES)) for file in files]
        defaults = _merged_defaults(sources)
        devices: dict[str, Device] = {}
        for source in sources:
            source.add_devices(devices, defaults)
        for source in sources:
            source.check_jumps(devices)
        links = tuple(link for source in sources for link in source.links(devices))
    except FileError as error:
        raise InventoryError(str(error)) from None
    return Network(devices=devices, links=links)


class _Source:
    """One file and its content."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.folder = Path(document.path).parent
        _refuse_secrets(document)
        self.content = Content() if document.value is None else document.convert(Content)

    def settings(self, given: Settings | None) -> dict[str, Any]:
        """What a mapping says, paths made absolute."""
        said = msgspec.structs.asdict(given or Settings())
        return {
            name: self._path(value) if name in _PATHS else value
            for name, value in said.items()
            if value is not None
        }

    def defaults(self) -> dict[str, Any]:
        said = self.settings(self.content.defaults)
        if self.content.known_hosts:
            said.setdefault("known_hosts", self._path(self.content.known_hosts))
        return said

    def add_devices(self, devices: dict[str, Device], defaults: dict[str, Any]) -> None:
        for name, given in (self.content.devices or {}).items():
            keys: Keys = ("devices", name)
            if name in devices:
                raise self.document.error(keys, "this device stands in another file too")
            if problem := name_problem(name):
                raise self.document.error(keys, problem)
            said = defaults | self.settings(given)
            if "host" not in said:
                raise self.document.error(keys, "missing 'host'")
            self._check_platform(said.get("platform", AUTO), keys)
            if said.get("jump") == name:  # the jump host of everyone's defaults
                del said["jump"]
            devices[name] = Device(name=name, **said)

    def check_jumps(self, devices: dict[str, Device]) -> None:
        """Refuses jump hosts that lead in a circle, and a word that nearly names a device."""
        for name in self.content.devices or {}:
            passed = [name]
            while (jump := devices[passed[-1]].jump) in devices:
                if jump in passed:
                    circle = " > ".join((*passed[passed.index(jump) :], jump))
                    raise self.document.error(
                        ("devices", name, "jump"), f"jump hosts lead in a circle: {circle}"
                    )
                passed.append(str(jump))
            if jump and _WORD.fullmatch(jump) and (hint := nearest(jump, devices)):
                raise self.document.error(("devices", name, "jump"), f"unknown device {jump!r}{hint}")

    def links(self, devices: dict[str, Device]) -> Iterable[tuple[LinkEnd, LinkEnd]]:
        for position, (one, other) in enumerate(self.content.links or ()):
            yield (
                self._end(one, devices, ("links", position, 0)),
                self._end(other, devices, ("links", position, 1)),
            )

    def _end(self, text: str, devices: dict[str, Device], keys: Keys) -> LinkEnd:
        name, colon, interface = text.partition(":")
        if not colon or not interface:
            raise self.document.error(keys, f"a link's end is written DEVICE:INTERFACE, not {text!r}")
        if name not in devices:
            raise self.document.error(keys, f"unknown device {name!r}{nearest(name, devices)}")
        platform = devices[name].platform
        return LinkEnd(
            name, interface if platform == AUTO else platforms.get(platform).normalise_interface(interface)
        )

    def _check_platform(self, platform: str, keys: Keys) -> None:
        if platform not in (AUTO, *platforms.names()):
            hint = platforms.meant(platform) or f" (known: {', '.join((AUTO, *platforms.names()))})"
            raise self.document.error((*keys, "platform"), f"unknown platform {platform!r}{hint}")

    def _path(self, text: str) -> str:
        return text if text.startswith("~") else str(self.folder.absolute() / text)


def _merged_defaults(sources: Iterable[_Source]) -> dict[str, Any]:
    """The defaults of all files. Raises FileError when two files disagree."""
    merged: dict[str, Any] = {}
    for source in sources:
        for name, value in source.defaults().items():
            if merged.setdefault(name, value) != value:
                raise source.document.error(
                    ("defaults", name), "another file gives this default another value"
                )
    return merged


def _refuse_secrets(document: Document) -> None:
    """Raises FileError for a secret in a file, whatever its value; the value is not shown."""
    content = document.value if isinstance(document.value, dict) else {}
    devices = content.get("devices")
    places: list[tuple[Keys, Any]] = [(("defaults",), content.get("defaults"))]
    places += [
        (("devices", name), said) for name, said in (devices if isinstance(devices, dict) else {}).items()
    ]
    for keys, said in places:
        for word in _SECRETS:
            if isinstance(said, dict) and word in said:
                advice = _ADVICE["enable" if word.startswith("enable") else "login"]
                raise document.error((*keys, word), f"secrets do not stand in files; {advice}")
