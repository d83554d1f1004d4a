"""The platforms, found by looking: each folder here is one.

A folder's `dialect.py` holds `TITLE`, `DIALECT`, `ALLOW` and, where they differ from the default,
`QUESTIONS` and `normalise_interface`; every other module holds parsers marked with `@command`.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable
from functools import cache

from netdoctor.model.suggest import nearest
from netdoctor.platforms.base import Command, Platform


class UnknownPlatform(ValueError):
    """A platform name that no folder bears."""

    def __init__(self, name: str) -> None:
        super().__init__(f"unknown platform {name!r}{meant(name)} (known: {', '.join(names())})")


_ELSEWHERE = {
    "cisco_xe": ("ios", "iosxe", "ios_xe", "cisco_ios", "cisco_iosxe", "cisco_ios_xe"),
    "cisco_xr": ("iosxr", "ios_xr", "cisco_iosxr", "cisco_ios_xr"),
    "cisco_nxos": ("nxos", "nxos_ssh", "cisco_nexus", "nexus"),
    "arista_eos": ("eos",),
    "juniper_junos": ("junos", "juniper"),
    "nokia_sros": ("sros", "alcatel_sros", "timos"),
    "nokia_srl": ("srl", "srlinux", "nokia_srlinux"),
    "linux": ("frr", "linux_frr", "cumulus", "cumulus_linux", "debian"),
    "sonic": ("sonic_ssh", "dell_sonic", "edgecore_sonic"),
}
"""What a platform is called elsewhere: by netmiko, napalm, scrapli, pyATS, or people."""


def meant(name: str) -> str:
    """`, did you mean 'x'?` for a name that is none of ours, by what others call it or by its letters."""
    other = next((ours for ours, theirs in _ELSEWHERE.items() if name.lower() in theirs), None)
    return f", did you mean {other!r}?" if other else nearest(name, names())


@cache
def names() -> tuple[str, ...]:
    """The platforms' names, sorted; nothing is imported."""
    return tuple(sorted(module.name for module in pkgutil.iter_modules(__path__) if module.ispkg))


@cache
def get(name: str) -> Platform:
    """The platform of a name, loaded on first use. Raises UnknownPlatform."""
    if name not in names():
        raise UnknownPlatform(name)
    package = importlib.import_module(f"{__name__}.{name}")
    dialect = importlib.import_module(f"{package.__name__}.dialect")
    return Platform(
        name=name,
        title=dialect.TITLE,
        dialect=dialect.DIALECT,
        allow=dialect.ALLOW,
        commands=tuple(_commands(package.__name__, package.__path__)),
        questions=getattr(dialect, "QUESTIONS", {}),
        normalise_interface=getattr(dialect, "normalise_interface", str),
    )


def _commands(package: str, path: Iterable[str]) -> list[Command]:
    """The commands of a folder's modules: modules by name, commands in the order they are written."""
    found: list[Command] = []
    for module in sorted(pkgutil.iter_modules(path), key=lambda info: info.name):
        if module.ispkg or module.name == "dialect":
            continue
        members = vars(importlib.import_module(f"{package}.{module.name}")).values()
        for member in members:
            if getattr(member, "__module__", None) == f"{package}.{module.name}":
                found.extend(getattr(member, "commands", ()))
    return found
