"""Neighbours heard by lldpd (IEEE 802.1AB), in each of its JSON forms.

`json0` wraps every value in a list of `{"value": …}`; `json` gives one thing as itself and several as a
list, and names interfaces and chassis by their keys.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, Literal

from netdoctor.model.facts import LldpNeighbor
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.linux.reading import Object, Read, documents, each, inner, listed
from netdoctor.platforms.values import clean, text

PROTOCOLS: Final[dict[str, Literal["lldp", "cdp"]]] = {"LLDP": "lldp", "CDPv1": "cdp", "CDPv2": "cdp"}
_CHASSIS_FIELDS = {"id", "name", "descr", "mgmt-ip", "mgmt-iface", "capability"}


@command(
    "lldpcli -f json show neighbors",
    area="lldp",
    gives=(LldpNeighbor,),
    privileged=True,
    aliases=(
        "lldpcli -f json0 show neighbors",
        "lldpcli -f json show neighbors details",
        "lldpcli -f json0 show neighbors details",
        "lldpcli -f json show neighbors ports {interface}",
        "lldpctl -f json",
        "lldpctl -f json0",
        "net show lldp json",
    ),
)
def neighbors(output: str, interface: str | None = None) -> Read:
    for document in documents(output):
        entries = [entry for part in listed(inner({"": document}, "").get("lldp")) for entry in _ports(part)]
        if entries:
            yield from each(entries, _neighbor)
        elif "lldp" in document:
            yield EMPTY


def _ports(part: Any) -> Iterator[tuple[str, Object]]:
    """Interface and neighbour: `{"name": "eth1", …}`, `{"eth1": {…}}`, or several in one object."""
    for entry in listed(inner({"": part}, "").get("interface")):
        if isinstance(entry, dict) and "name" in entry:
            yield clean(str(entry["name"])), entry
        elif isinstance(entry, dict):
            yield from ((clean(name), found) for name, found in entry.items() if isinstance(found, dict))


def _neighbor(interface: str, entry: Object) -> Read:
    via = str(entry.get("via", "LLDP"))
    if via not in PROTOCOLS:
        return
    name, chassis = _chassis(entry.get("chassis"))
    port = _first_object(entry.get("port"))
    addresses = [found for value in listed(chassis.get("mgmt-ip")) if (found := _value(value))]
    yield LldpNeighbor(
        interface=interface,
        neighbor_device=name,
        neighbor_interface=_port_name(port),
        neighbor_address=addresses[0] if addresses else None,
        neighbor_description=_value(chassis.get("descr")),
        protocol=PROTOCOLS[via],
    )


def _chassis(value: Any) -> tuple[str | None, Object]:
    """The neighbour's name, else its chassis id, and what is said of it."""
    found = _first_object(value)
    if found and not found.keys() & _CHASSIS_FIELDS:
        name, found = next(iter(found.items()))
        return text(name), _first_object(found)
    return _value(found.get("name")) or _value(found.get("id")), found


def _port_name(port: Object) -> str | None:
    """The port's interface name: its id when that is one, else its description."""
    identity = _first_object(port.get("id"))
    if identity.get("type") in {"ifname", "local", "ifalias"}:
        return _value(identity)
    return _value(port.get("descr")) or _value(identity)


def _value(value: Any) -> str | None:
    """`"x"`, `{"value": "x"}` and `[{"value": "x"}]` are x."""
    for found in listed(value)[:1]:
        return text(found.get("value")) if isinstance(found, dict) else text(found)
    return None


def _first_object(value: Any) -> Object:
    return next((found for found in listed(value) if isinstance(found, dict)), {})
