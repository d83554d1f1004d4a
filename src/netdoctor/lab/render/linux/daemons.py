"""FRR's daemons on a device: those of link-state routing run where a plan has their protocol."""

from __future__ import annotations

from netdoctor.lab.hardware import Device
from netdoctor.lab.igp import IgpProtocol

IGP_DAEMONS: dict[str, IgpProtocol] = {"ospfd": "ospf", "isisd": "isis"}
DAEMONS = ("zebra", "bgpd", "ospfd", "isisd", "watchfrr", "staticd", "bfdd")


def wanted(device: Device) -> tuple[str, ...]:
    """The daemons that watchfrr starts."""
    protocols = {end.protocol for end in device.igp.values()}
    return tuple(
        name for name in DAEMONS if IGP_DAEMONS.get(name, "ospf") in protocols or name not in IGP_DAEMONS
    )


def runs(device: Device, name: str) -> bool:
    """True while a daemon runs. Those of link-state routing are no programs of their own in the world."""
    if name in IGP_DAEMONS:
        return name in wanted(device) and device.igp_running
    return device.runs(name)
