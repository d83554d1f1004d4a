"""LLDP: who is heard on which port (IEEE 802.1AB)."""

from __future__ import annotations

from netdoctor.model.facts import LldpNeighbor
from netdoctor.platforms.arista_eos.reading import (
    Object,
    Read,
    document,
    each,
    inner,
    listed,
    on_request,
    over,
)
from netdoctor.platforms.base import command
from netdoctor.platforms.values import text


@command("show lldp neighbors detail | json", area="lldp", gives=(LldpNeighbor,))
def neighbors(output: str) -> Read:
    """Every neighbour; one without a name is named by its chassis."""
    yield from each(document(output), "lldpNeighbors", _of_port)


def _of_port(name: str, entry: Object) -> Read:
    yield from over(entry.get("lldpNeighborInfo"), lambda _, found: [_neighbor(name, found)])


def _neighbor(name: str, found: Object) -> LldpNeighbor:
    addresses = [inner(address).get("address") for address in listed(found.get("managementAddresses"))]
    return LldpNeighbor(
        interface=name,
        neighbor_device=text(found.get("systemName")) or text(found.get("chassisId")),
        neighbor_interface=_port(inner(found, "neighborInterfaceInfo")),
        neighbor_address=next(filter(None, map(text, addresses)), None),
        neighbor_description=text(found.get("systemDescription")),
    )


def _port(found: Object) -> str | None:
    """The far port's name. A host that gives a MAC address as its port id describes the port by its name."""
    name = text(found.get("interfaceId_v2")) or text(found.get("interfaceId"))
    if found.get("interfaceIdType") == "macAddress":
        name = text(found.get("interfaceDescription")) or name
    return name.strip('"') if name else None


@command("show lldp neighbors | json", area="lldp", gives=(LldpNeighbor,), arguments=on_request)
def table(output: str) -> Read:
    """The neighbours in one table, without addresses."""
    yield from each(document(output), "lldpNeighbors", _row)


def _row(_: str, entry: Object) -> Read:
    port = text(entry.get("port"))
    if port is None:
        raise ValueError("no 'port'")
    yield LldpNeighbor(
        interface=port,
        neighbor_device=text(entry.get("neighborDevice")),
        neighbor_interface=text(entry.get("neighborPort")),
    )
