"""What several platforms' answers need: JSON as devices indent it, MAC addresses, networks, counters."""

from __future__ import annotations

import ipaddress
import json
from datetime import UTC, datetime
from typing import Any

from netdoctor.lab.chassis import chassis
from netdoctor.lab.hardware import Device, Port
from netdoctor.lab.igp import IgpInterface, IgpProtocol
from netdoctor.lab.render import View

NO_ADDRESS = "0.0.0.0"  # noqa: S104 - what routers print for none

NOTIFICATION_NAMES = {
    (2, 2): ("OPEN Message Error", "Bad Peer AS"),
    (4, 0): ("Hold Timer Expired", ""),
    (6, 1): ("Cease", "Maximum Number of Prefixes Reached"),
    (6, 2): ("Cease", "Administrative Shutdown"),
    (6, 3): ("Cease", "Peer De-configured"),
    (6, 6): ("Cease", "Other Configuration Change"),
}
"""RFC 4271 §4.5 and RFC 4486."""


def as_json(value: Any, indent: int | None = 4) -> str:
    return json.dumps(value, indent=indent) + "\n"


def utc(at: float) -> datetime:
    return datetime.fromtimestamp(at, UTC)


def hardware_address(mac: str) -> str:
    """`02:1c:73:01:00:02` as `021c.7301.0002`."""
    digits = mac.replace(":", "")
    return ".".join(digits[start : start + 4] for start in (0, 4, 8))


def address_of(port: Port) -> tuple[str, int] | None:
    """An interface's address and prefix length."""
    if port.address is None:
        return None
    place = ipaddress.ip_interface(port.address)
    return str(place.ip), place.network.prefixlen


def counted(port: Port, view: View) -> dict[str, int]:
    """Every counter of a port as it stands now."""
    return {name: meter.read(view.at) for name, meter in port.meters.items()}


def clock_text(seconds: float) -> str:
    """A duration as routers print it: `01:12:09`, `3d04h22m`, `05w1d02h`."""
    whole = int(seconds)
    days, rest = divmod(whole, 86400)
    hours, rest = divmod(rest, 3600)
    minutes, secs = divmod(rest, 60)
    if days >= 7:
        return f"{days // 7:02d}w{days % 7}d{hours:02d}h"
    if days:
        return f"{days}d{hours:02d}h{minutes:02d}m"
    return f"{hours:02d}:{minutes:02d}:{secs:02d}"


def system_description(device: Device) -> str:
    """How a device describes itself to its neighbours."""
    return chassis(device.platform).description.format(version=device.os_version, model=device.model)


def link_state(view: View, protocol: IgpProtocol) -> list[IgpInterface]:
    """The interfaces of a link-state protocol; none where no process of it runs."""
    ends = view.device.igp.values() if view.device.igp_running else ()
    return [end for end in ends if end.protocol == protocol]


def far_end(view: View, end: IgpInterface) -> IgpInterface | None:
    """The other end of an interface's adjacency; None on an interface that is not meant to have one."""
    return next((found.far(end) for found in view.world.adjacencies if end in found.ends), None)


def heard(end: IgpInterface) -> bool:
    """True while a router has an entry for its neighbour: it hears hellos that it accepts."""
    return end.state != "down"


def system_id(device: Device) -> str:
    """The system id that is usual beside a router id: `10.255.0.1` gives `0102.5500.0001`."""
    digits = "".join(part.zfill(3) for part in device.router_id.split("."))
    return ".".join(digits[start : start + 4] for start in (0, 4, 8))
