"""What a simulated network is made of: a shape, and the platforms of its routers.

```yaml
shape: clos                     # every leaf has a link to every spine; BGP between them (RFC 7938)
spine: [arista_eos, nokia_srl]
leaf: {count: 64, platforms: [cisco_nxos, sonic]}   # by turns, as often as it takes
```

Other shapes: `ring` (`router`: each with a link to the next; IS-IS, as among the inner routers of a provider)
and `campus` (`core`, `distribution`, `access`: routed down to the access switches, OSPF).
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec

from netdoctor import platforms
from netdoctor.lab import render
from netdoctor.model.suggest import nearest
from netdoctor.strictyaml import Document, FileError, read

Shape = Literal["clos", "ring", "campus"]
Routing = Literal["bgp", "isis", "ospf"]

TIERS: Mapping[Shape, tuple[str, ...]] = {
    "clos": ("spine", "leaf"),
    "ring": ("router",),
    "campus": ("core", "distribution", "access"),
}
"""The tiers of each shape, from the inside out; the last one has the hosts."""

ROUTING: Mapping[Shape, Routing] = {"clos": "bgp", "ring": "isis", "campus": "ospf"}
LEAST = {"router": 3}
MOST = 250

_BUILT_IN = Path(__file__).parent / "topologies"


class Tier(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """So many routers, of these platforms by turns."""

    count: Annotated[int, msgspec.Meta(ge=1, le=MOST)]
    platforms: Annotated[tuple[str, ...], msgspec.Meta(min_length=1)]


class Plan(msgspec.Struct, frozen=True):
    """A network's shape, and the platform of every router by its tier."""

    shape: Shape
    tiers: Mapping[str, tuple[str, ...]]

    @property
    def routing(self) -> Routing:
        return ROUTING[self.shape]

    def routers(self) -> Iterator[tuple[str, str, str]]:
        """Name, tier and platform of every router: `leaf1`, `leaf`, `arista_eos`."""
        for tier in TIERS[self.shape]:
            for number, platform in enumerate(self.tiers[tier], 1):
                yield f"{tier}{number}", tier, platform

    def pairs(self) -> Iterator[tuple[str, str]]:
        """The routers that have a link between them, the inner one first."""
        names = {tier: [f"{tier}{n}" for n, _ in enumerate(found, 1)] for tier, found in self.tiers.items()}
        if self.shape == "ring":
            ring = names["router"]
            yield from zip(ring, [*ring[1:], ring[0]], strict=True)
            return
        inner, *outer = TIERS[self.shape]
        if self.shape == "campus":
            yield from zip(names[inner], names[inner][1:], strict=False)
        for tier in outer:
            yield from ((high, low) for low in names[tier] for high in _above(names[inner], low, self.shape))
            inner = tier


def _above(tier: list[str], below: str, shape: Shape) -> list[str]:
    """The routers that one below has links to: all of them in a Clos, a pair of them in a campus."""
    if shape == "clos" or len(tier) < 3:
        return tier
    pair = (int("".join(filter(str.isdigit, below))) - 1) // 2 * 2 % len(tier)
    return [tier[pair], tier[(pair + 1) % len(tier)]]


def clos(spines: int, leaves: int) -> Plan:
    """Spines of Arista EOS; the first half of the leaves too, the rest Linux with FRR."""
    eos = (leaves + 1) // 2
    leaf = ("arista_eos",) * eos + ("linux",) * (leaves - eos)
    return Plan("clos", {"spine": ("arista_eos",) * spines, "leaf": leaf})


SMALL = clos(2, 4)


class UnknownTopology(ValueError):
    """Neither a built-in topology nor a file."""


@cache
def built_in() -> dict[str, Path]:
    """The files of the topologies that come with the lab, by name."""
    return {file.stem: file for file in sorted(_BUILT_IN.glob("*.yaml"))}


def load(where: str) -> Plan:
    """The plan of a built-in topology, or in a file. Raises UnknownTopology, FileError."""
    file = built_in().get(where) or Path(where)
    if not file.is_file():
        raise UnknownTopology(f"no topology and no file {where!r}{nearest(where, built_in())}")
    return _plan(read(file))


def _plan(document: Document) -> Plan:
    said = document.value if isinstance(document.value, dict) else {}
    named = str(said.get("shape"))
    shape = next((one for one in TIERS if one == named), None)
    if shape is None:
        raise document.error(("shape",), f"want one of {', '.join(TIERS)}{nearest(named, TIERS)}")
    wanted = ("shape", *TIERS[shape])
    for key in said:
        if key not in wanted:
            raise document.error((key,), f"unknown key{nearest(key, wanted)}")
    return Plan(shape, {tier: _tier(document, tier, said) for tier in TIERS[shape]})


def _tier(document: Document, name: str, said: dict[str, Any]) -> tuple[str, ...]:
    if name not in said:
        raise document.error((), f"key {name!r} is missing")
    value = said[name]
    tier = (
        Tier(len(value), document.convert_at((name,), tuple[str, ...]))
        if isinstance(value, list)
        else document.convert_at((name,), Tier)
    )
    for at, platform in enumerate(tier.platforms):
        if platform not in render.names():
            keys = (name, at) if isinstance(value, list) else (name, "platforms", at)
            raise document.error(keys, f"unknown platform {platform!r}{platforms.meant(platform)}")
    if not LEAST.get(name, 1) <= tier.count <= MOST:
        raise document.error((name,), f"want {LEAST.get(name, 1)} to {MOST} of them")
    return tuple(itertools.islice(itertools.cycle(tier.platforms), tier.count))


__all__ = ["SMALL", "FileError", "Plan", "UnknownTopology", "built_in", "clos", "load"]
