"""The `router ospf` and `interface` blocks of FRR's configuration, as far as they speak of OSPF."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from netdoctor.model.facts import OspfInstance, OspfInterface, RoutingProcess
from netdoctor.model.facts.routing import OspfNetworkType
from netdoctor.platforms.linux.ospf import area
from netdoctor.platforms.linux.reading import Read
from netdoctor.platforms.values import count, number

Words = list[str]

_NETWORK_TYPES: Final[dict[str, OspfNetworkType]] = {
    "point-to-point": "point_to_point",
    "broadcast": "broadcast",
    "non-broadcast": "non_broadcast",
    "point-to-multipoint": "point_to_multipoint",
}


@dataclass
class _Process:
    router_id: str | None = None
    max_metric: bool = False
    all_passive: bool = False
    passive: dict[str, bool] = field(default_factory=dict)
    by_network: bool = False
    """True when `network` statements put interfaces into areas, which then name none."""
    area_auth: dict[str | None, str] = field(default_factory=dict)

    def take(self, words: Words) -> None:
        match words:
            case ["ospf", "router-id", address, *_]:
                self.router_id = address
            case ["max-metric", "router-lsa", *when]:
                self.max_metric = self.max_metric or "administrative" in when
            case ["passive-interface", "default"]:
                self.all_passive = True
            case ["passive-interface", name, *_]:
                self.passive[name] = True
            case ["no", "passive-interface", name, *_]:
                self.passive[name] = False
            case ["network", *_]:
                self.by_network = True
            case ["area", name, "authentication", *kind]:
                self.area_auth[area(name)] = _auth_type(kind)


class OspfBlocks:
    """The OSPF processes and interfaces of a configuration, filled line by line."""

    def __init__(self) -> None:
        self._processes: dict[str, _Process] = {}
        self._interfaces: dict[tuple[str, str], dict[str, Any]] = {}

    def process(self, vrf: str) -> Callable[[Words], None]:
        """The reader of a `router ospf` block."""
        return self._processes.setdefault(vrf, _Process()).take

    def interface(self, name: str, vrf: str) -> Callable[[Words], None]:
        """The reader of an `interface` block."""
        place = (vrf, name)

        def take(words: Words) -> None:
            if words[:2] == ["ip", "ospf"]:
                self._interfaces.setdefault(place, {}).update(_setting(words[2:]))

        return take

    def facts(self) -> Read:
        for vrf, process in self._processes.items():
            yield RoutingProcess(protocol="ospf", name="ospfd", configured=True)
            yield OspfInstance(vrf=vrf, router_id=process.router_id, max_metric=process.max_metric)
        for (vrf, name), settings in self._interfaces.items():
            process = self._processes.get(vrf, _Process())
            if "area" not in settings and not process.by_network:
                continue
            implied = {
                "passive": process.passive.get(name, process.all_passive),
                "auth_type": process.area_auth.get(settings.get("area"), "none"),
            }
            yield OspfInterface(vrf=vrf, interface=name, **{**implied, **settings})


def _setting(words: Words) -> dict[str, Any]:
    """The fields of OspfInterface that one `ip ospf …` line sets."""
    match words:
        case ["area", name, *_]:
            return {"area": area(name)}
        case ["hello-interval", value, *_]:
            return {"hello_interval_s": number(value)}
        case ["dead-interval", value, *_]:
            return {"dead_interval_s": number(value)}
        case ["network", kind, *_]:
            return {"network_type": _NETWORK_TYPES.get(kind)}
        case ["cost", value, *_]:
            return {"cost": count(value)}
        case ["passive", *_]:
            return {"passive": True}
        case ["authentication", *kind]:
            return {"auth_type": _auth_type(kind)}
    return {}


def _auth_type(words: Words) -> str:
    """`none`, `simple`, `message-digest` or `key-chain` (RFC 2328 appendix D)."""
    match words:
        case ["null", *_]:
            return "none"
        case [kind, *_]:
            return kind
    return "simple"
