"""OSPF and IS-IS."""

from __future__ import annotations

from collections.abc import Iterator

from netdoctor.lab.igp import IgpInterface, IgpProtocol
from netdoctor.lab.render import Reply, View
from netdoctor.lab.render.juniper_junos.interfaces import unit
from netdoctor.lab.render.juniper_junos.shape import Tree, lasting, root, shown
from netdoctor.lab.render.text import NO_ADDRESS, address_of

OSPF_STATES = {"full": "Full", "exstart": "ExStart", "init": "Init"}
ISIS_STATES = {"full": "Up", "init": "Initializing"}
LEVELS = {"1": "1", "2": "2", "1-2": "3"}
NO_OSPF, NO_OSPF3 = Reply("OSPF instance is not running\n"), Reply("OSPF3 instance is not running\n")
NO_ISIS = Reply("IS-IS instance is not running\n")


def _ends(view: View, protocol: IgpProtocol) -> list[IgpInterface]:
    return [end for end in view.device.igp.values() if end.protocol == protocol]


def _neighbors(view: View, protocol: IgpProtocol) -> Iterator[tuple[IgpInterface, IgpInterface]]:
    """Every end of an adjacency that has heard the other, and that other one."""
    for adjacency in view.world.adjacencies:
        for end in adjacency.ends:
            if end.device is view.device and end.protocol == protocol and end.state != "down":
                yield end, adjacency.far(end)


def _all_instances(name: str, entries: list[Tree]) -> Tree:
    table = {"ospf-instance-name": "master", f"ospf-{name}": entries}
    return root(f"ospf-{name}-information-all", {f"ospf-instance-{name}": table}, style="detail")


@shown(
    "show ospf neighbor instance all detail", "show ospf neighbor detail", "show ospf neighbor", routing=True
)
def ospf_neighbors(view: View) -> Tree | Reply:
    if not _ends(view, "ospf"):
        return NO_OSPF
    return _all_instances("neighbor", [_ospf_neighbor(*pair, view) for pair in _neighbors(view, "ospf")])


def _ospf_neighbor(end: IgpInterface, far: IgpInterface, view: View) -> Tree:
    address, _ = address_of(far.port) or ("", 0)
    return {
        "neighbor-address": address,
        "interface-name": unit(end.port),
        "ospf-neighbor-state": OSPF_STATES[end.state],
        "neighbor-id": far.device.router_id,
        "neighbor-priority": 128,
        "activity-timer": int(end.dead_interval_s) - 3,
        "ospf-area": end.area,
        "options": "0x52",
        "dr-address": NO_ADDRESS,
        "bdr-address": NO_ADDRESS,
        "neighbor-up-time": lasting(view.at - end.since),
        "neighbor-adjacency-time": lasting(view.at - end.since),
    }


@shown(
    "show ospf interface instance all detail",
    "show ospf interface detail",
    "show ospf interface {interface} detail",
    routing=True,
)
def ospf_interfaces(view: View, interface: str | None = None) -> Tree | Reply:
    ends = _ends(view, "ospf")
    if not ends:
        return NO_OSPF
    entries = [_ospf_interface(end, view) for end in ends]
    loopback = _loopback(ends[0].area, view)
    wanted = [one for one in (*entries, loopback) if _is_meant(interface, one)]
    return _all_instances("interface", wanted)


def _is_meant(interface: str | None, one: Tree) -> bool:
    """A port's name means its units."""
    name = str(one["interface-name"])
    return interface in (None, name, name.partition(".")[0])


def _ospf_interface(end: IgpInterface, view: View) -> Tree:
    heard = [far for near, far in _neighbors(view, "ospf") if near is end]
    point = end.network_type == "point_to_point"
    address, _ = address_of(end.port) or ("", 0)
    state = ("PtToPt" if point else "DR") if end.port.oper_up else "Down"
    return {
        "interface-name": unit(end.port),
        "ospf-interface-state": state,
        "ospf-area": end.area,
        "dr-id": NO_ADDRESS if point else view.device.router_id,
        "bdr-id": NO_ADDRESS,
        "neighbor-count": len(heard),
        "interface-type": "P2P" if point else "LAN",
        "interface-address": address,
        "mtu": end.port.mtu_bytes,
        "interface-cost": end.cost,
        "adj-count": sum(near.adjacent for near, _ in _neighbors(view, "ospf") if near is end),
        **({"passive": "Passive"} if end.passive else {}),
        "hello-interval": int(end.hello_interval_s),
        "dead-interval": int(end.dead_interval_s),
        "authentication-type": "MD5" if end.password else "None",
    }


def _loopback(area: str, view: View) -> Tree:
    return {
        "interface-name": "lo0.0",
        "ospf-interface-state": "DRother",
        "ospf-area": area,
        "dr-id": NO_ADDRESS,
        "bdr-id": NO_ADDRESS,
        "neighbor-count": 0,
        "interface-type": "LAN",
        "interface-address": view.device.loopback,
        "mtu": 65535,
        "interface-cost": 0,
        "adj-count": 0,
        "passive": "Passive",
        "hello-interval": 10,
        "dead-interval": 40,
        "authentication-type": "None",
    }


@shown("show ospf overview instance all", "show ospf overview", routing=True)
def ospf_overview(view: View) -> Tree | Reply:
    ends = _ends(view, "ospf")
    if not ends:
        return NO_OSPF
    areas = [{"ospf-area": area} for area in dict.fromkeys(end.area for end in ends)]
    entry = {
        "instance-name": "master",
        "ospf-router-id": view.device.router_id,
        "ospf-route-table-index": 0,
        "ospf-area-overview": areas,
        **({"ospf-configured-overload": None} if view.device.draining else {}),
    }
    return root("ospf-overview-information", {"ospf-overview": entry})


@shown("show ospf3 neighbor instance all detail", "show ospf3 neighbor", routing=True)
def ospf3(view: View) -> Reply:
    return NO_OSPF3


@shown("show isis adjacency detail", "show isis adjacency", routing=True)
def isis_adjacencies(view: View) -> Tree | Reply:
    if not _ends(view, "isis"):
        return NO_ISIS
    found = [_isis_adjacency(*pair, view) for pair in _neighbors(view, "isis")]
    return root("isis-adjacency-information", {"isis-adjacency": found}, style="detail")


def _isis_adjacency(end: IgpInterface, far: IgpInterface, view: View) -> Tree:
    address, _ = address_of(far.port) or ("", 0)
    return {
        "system-name": far.device.name,
        "interface-name": unit(end.port),
        "level": LEVELS[end.level],
        "adjacency-state": ISIS_STATES[end.state],
        "holdtime": 24,
        "interface-priority": 0,
        "transition-count": end.transitions_count,
        "last-transition-time": lasting(view.at - end.since),
        "adjacency-restart-capable": "Yes",
        "ip-address": address,
    }


@shown(
    "show isis interface",
    "show isis interface detail",
    "show isis interface {interface} detail",
    routing=True,
)
def isis_interfaces(view: View, interface: str | None = None) -> Tree | Reply:
    ends = _ends(view, "isis")
    if not ends:
        return NO_ISIS
    found = [_isis_interface(end, number) for number, end in enumerate(ends, 1)]
    found.append(_circuit("lo0.0", "0", 1, ("Passive", "Passive"), 0))
    wanted = [one for one in found if _is_meant(interface, one)]
    return root("isis-interface-information", {"isis-interface": wanted}, style="brief")


def _isis_interface(end: IgpInterface, number: int) -> Tree:
    if not end.port.oper_up:
        word = "Down"
    elif end.passive:
        word = "Passive"
    else:
        word = "Point to Point" if end.network_type == "point_to_point" else "Disabled"
    words = ("Disabled" if end.level == "2" else word, "Disabled" if end.level == "1" else word)
    return _circuit(unit(end.port), LEVELS[end.level], number, words, end.cost)


def _circuit(name: str, level: str, number: int, words: tuple[str, str], cost: int) -> Tree:
    return {
        "interface-name": name,
        "circuit-type": level,
        "circuit-id": f"0x{number:x}",
        "isis-interface-state-one": words[0],
        "isis-interface-state-two": words[1],
        "metric-one": cost,
        "metric-two": cost,
    }


@shown("show isis overview", routing=True)
def isis_overview(view: View) -> Tree | Reply:
    ends = _ends(view, "isis")
    if not ends:
        return NO_ISIS
    digits = "".join(f"{int(octet):03d}" for octet in view.device.router_id.split("."))
    entry = {
        "instance-name": "master",
        "isis-router-id": view.device.router_id,
        "isis-router-hostname": view.device.name,
        "isis-router-sysid": ".".join(digits[start : start + 4] for start in (0, 4, 8)),
        "isis-router-areaid": ends[0].area,
        **({"isis-overload-enabled": None} if view.device.draining else {}),
    }
    return root("isis-overview-information", {"isis-overview": entry})
