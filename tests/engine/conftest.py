"""A toy platform over a fake wire: everything above the session is the real thing."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import pytest

from netdoctor import platforms
from netdoctor.engine.journal import Journal
from netdoctor.engine.request import Request, Target
from netdoctor.model.devices import Device, Network
from netdoctor.model.entities import LinkEnd
from netdoctor.model.events import Entry, Note
from netdoctor.model.facts import DeviceInfo, Interface, LldpNeighbor
from netdoctor.platforms.base import EMPTY, Command, Dialect, Platform
from netdoctor.rules.files import Case, Catalogue, Cause, Check, Docs, Shows
from netdoctor.transport.session import Answer, Session, SessionError

DOCS = Docs(what="what", why="why")
Said = str | SessionError | Callable[[], Awaitable[str]]


def ports(output: str) -> Iterable[Any]:
    """`eth1 up 3`: a port, its state, its FCS errors."""
    for number, line in enumerate(output.splitlines(), start=1):
        match line.split():
            case [name, state, errors]:
                yield Interface(
                    interface=name, admin_up=True, oper_up=state == "up", in_fcs_errors_count=int(errors)
                )
            case _:
                yield Note(line=number, text=line)


def neighbors(output: str) -> Iterable[Any]:
    if output.strip() == "none":
        yield EMPTY
    for line in output.splitlines():
        if (found := line.split()) and len(found) == 3:
            yield LldpNeighbor(interface=found[0], neighbor_device=found[1], neighbor_interface=found[2])


def version(output: str) -> Iterable[Any]:
    if "explode" in output:
        raise RuntimeError("a parser's own fault")
    if output.startswith("toy "):
        yield DeviceInfo(os_version=output.split()[1])


TOY = Platform(
    name="toy",
    title="Toy OS",
    dialect=Dialect(mode="exec", prompt=re.compile("> $")),
    allow=(re.compile("show .*"),),
    commands=(
        Command("show neighbors", neighbors, "lldp", (LldpNeighbor,)),
        Command("show ports", ports, "interface", (Interface,), sampled=True),
        Command("show version", version, "device", (DeviceInfo,)),
    ),
)
CATALOGUE = Catalogue(
    checks={
        "interface.errors": Check(
            id="interface.errors",
            title="Errors",
            on="InterfaceDelta",
            fail="in_fcs_errors_delta_count > 0",
            severity="major",
            leak="never",
            message="{in_fcs_errors_delta_count} errors in {window_s:.0f} s on {entity}",
            docs=DOCS,
            cases=(Case(name="c", fact={}, expect="unknown"),),
        ),
        "interface.down": Check(
            id="interface.down",
            title="Down",
            on="Interface",
            applies="admin_up",
            fail="!oper_up",
            severity="major",
            message="{entity} is down",
            docs=DOCS,
            cases=(Case(name="c", fact={}, expect="unknown"),),
        ),
    },
    causes={
        "interface.bad": Cause(
            id="interface.bad",
            title="A bad port",
            at="interface",
            prior=0.1,
            shows=(Shows(check="interface.errors", how="always"),),
            severity="major",
            remedy="replace it",
            explain="{entity} counted {in_fcs_errors_delta_count} errors",
            docs=DOCS,
        )
    },
)


@dataclass
class Wire:
    """What each device says; a list is said one after the other, an error is raised, a function awaited."""

    said: dict[str, dict[str, Said | list[Said]]]
    refused: dict[str, BaseException] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)

    async def open(self, device: Device) -> Session:
        if device.name in self.refused:
            raise self.refused[device.name]
        return FakeSession(self, device.name)


class FakeSession:
    platform = "toy"
    server_version = "ToySSH_1"

    def __init__(self, wire: Wire, device: str) -> None:
        self._wire = wire
        self._device = device

    async def run(self, command: str, *, timeout_s: float, privileged: bool = False) -> Answer:
        self._wire.asked.append((self._device, command))
        await asyncio.sleep(0)
        said = self._wire.said[self._device][command]
        if isinstance(said, list):
            said = said.pop(0) if len(said) > 1 else said[0]
        if isinstance(said, SessionError):
            raise said
        output = said if isinstance(said, str) else await said()
        return Answer(output=output, duration_s=0.01)

    async def close(self) -> None:
        self._wire.closed.append(self._device)


@pytest.fixture(autouse=True)
def _toy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platforms, "names", lambda: ("toy",))
    monkeypatch.setattr(platforms, "get", {"toy": TOY}.__getitem__)


@pytest.fixture
def entries() -> list[Entry]:
    return []


@pytest.fixture
def journal(entries: list[Entry]) -> Journal:
    return Journal([entries.append])


def healthy(heard: str = "none", errors: Said | list[Said] = "eth1 up 0") -> dict[str, Said | list[Said]]:
    return {"show version": "toy 1.0", "show ports": errors, "show neighbors": heard}


def request_for(*targets: str, **options: Any) -> Request:
    names = ("leaf1", "spine1", "spine2", "core1")
    network = Network(
        devices={name: Device(name=name, host=f"{name}.example.net") for name in names},
        links=options.pop("links", ((LinkEnd("leaf1", "eth1"), LinkEnd("spine1", "eth1")),)),
    )
    return Request(
        run_id="test",
        targets=tuple(Target(*target.split(":")) for target in targets),
        network=network,
        **{"interval_s": 0.01, "deadline_s": 5.0, **options},
    )
