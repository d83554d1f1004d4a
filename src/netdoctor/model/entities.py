"""Entity strings: how a place in the network is named in findings, causes and reports.

`kind:DEVICE/NAME`, split at the first slash; a link joins two interfaces in sorted order and writes
`?` for a far end that is not known. The shapes are part of the user-facing contract.
"""

from __future__ import annotations

from typing import NamedTuple

DEFAULT_VRF = "default"
UNKNOWN_END = "?"


class Entity(NamedTuple):
    """An entity string taken apart: `kind:device/name`. `name` is empty for a device."""

    kind: str
    device: str
    name: str


class LinkEnd(NamedTuple):
    """One end of a link."""

    device: str
    interface: str


def device(name: str) -> str:
    return f"device:{name}"


def interface(device_name: str, interface_name: str) -> str:
    return f"interface:{device_name}/{interface_name}"


def link(one: LinkEnd, other: LinkEnd | None) -> str:
    """The link between two ends, whichever way round they are given."""
    if other is None:
        return f"link:{one.device}/{one.interface}--{UNKNOWN_END}"
    low, high = sorted((one, other))
    return f"link:{low.device}/{low.interface}--{high.device}/{high.interface}"


def bgp(device_name: str, peer: str, vrf: str | None = None) -> str:
    suffix = f"@{vrf}" if vrf and vrf != DEFAULT_VRF else ""
    return f"bgp:{device_name}/{peer}{suffix}"


def queue(device_name: str, interface_name: str, queue_name: str) -> str:
    return f"queue:{device_name}/{interface_name}/{queue_name}"


def prefix(device_name: str, prefix_text: str) -> str:
    return f"prefix:{device_name}/{prefix_text}"


def ospf(device_name: str, interface_name: str) -> str:
    return f"ospf:{device_name}/{interface_name}"


def isis(device_name: str, interface_name: str) -> str:
    return f"isis:{device_name}/{interface_name}"


def bfd(device_name: str, peer: str) -> str:
    return f"bfd:{device_name}/{peer}"


def lag(device_name: str, lag_name: str) -> str:
    return f"lag:{device_name}/{lag_name}"


def vlan(device_name: str, vlan_id: str) -> str:
    return f"vlan:{device_name}/{vlan_id}"


def vni(device_name: str, vni_id: str) -> str:
    return f"vni:{device_name}/{vni_id}"


def sensor(device_name: str, sensor_name: str) -> str:
    return f"sensor:{device_name}/{sensor_name}"


def host(address: str) -> str:
    return f"host:{address}"


def service(kind: str, address: str) -> str:
    return f"service:{kind}/{address}"


def split(entity: str) -> Entity:
    """Takes an entity string apart. A link yields its first end."""
    kind, _, place = entity.partition(":")
    if kind == "link":
        place = place.partition("--")[0]
    device_name, _, name = place.partition("/")
    return Entity(kind, device_name, name)


def link_ends(entity: str) -> tuple[LinkEnd, LinkEnd | None]:
    """The two ends of a `link:` entity; the second is None when it is not known."""
    near, _, far = entity.removeprefix("link:").partition("--")
    ends = [LinkEnd(*end.partition("/")[::2]) for end in (near, far)]
    return ends[0], None if far == UNKNOWN_END else ends[1]


def devices_of(entity: str) -> tuple[str, ...]:
    """The devices an entity stands on: two for a link with both ends known, none for a host."""
    kind, device_name, _ = split(entity)
    if kind == "link":
        return tuple(end.device for end in link_ends(entity) if end)
    return () if kind in {"host", "path", "service"} else (device_name,)


def describe(entity: str) -> str:
    """An entity in plain words: `leaf1 Ethernet1`, `leaf1 eth1 ↔ spine1 eth2`, `leaf1 ↔ 192.0.2.1`."""
    kind, device_name, name = split(entity)
    match kind:
        case "link":
            near, far = link_ends(entity)
            return f"{near.device} {near.interface} ↔ " + (
                f"{far.device} {far.interface}" if far else UNKNOWN_END
            )
        case "bgp" | "bfd":
            return f"{device_name} ↔ {name}"
        case "queue":
            interface_name, _, queue_name = name.rpartition("/")
            return f"{device_name} {interface_name} queue {queue_name}"
        case "host" | "path" | "service":
            return entity.partition(":")[2]
        case _:
            return f"{device_name} {name}".strip()
