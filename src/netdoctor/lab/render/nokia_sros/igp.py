"""OSPF and IS-IS; a router without them says that they are not configured."""

from __future__ import annotations

from collections.abc import Iterator

from netdoctor.lab.hardware import Device
from netdoctor.lab.igp import IgpInterface
from netdoctor.lab.render import View, answers
from netdoctor.lab.render.nokia_sros.words import (
    LINE,
    NONE_FOUND,
    RULE,
    SYSTEM,
    day_clock,
    interface_of,
    shown,
    table,
)
from netdoctor.lab.render.text import NO_ADDRESS

OSPF_STATES = {"down": "Down", "init": "Init", "exstart": "ExchStart", "full": "Full"}
ISIS_STATES = {"down": "Down", "init": "Init", "exstart": "Init", "full": "Up"}
USAGE = {"1": "L1", "2": "L2", "1-2": "L1L2"}
Pair = tuple[IgpInterface, IgpInterface]


def runs(device: Device, protocol: str) -> bool:
    """True where the protocol is configured."""
    return any(end.protocol == protocol for end in device.igp.values())


def _interfaces(view: View, protocol: str) -> list[IgpInterface]:
    return [end for end in view.device.igp.values() if end.protocol == protocol]


def _pairs(view: View, protocol: str) -> Iterator[Pair]:
    """The ends of the adjacencies of a device that have heard each other, its own end first."""
    for adjacency in view.world.adjacencies:
        for end in adjacency.ends:
            if end.device is view.device and end.protocol == protocol and end.state != "down":
                yield end, adjacency.far(end)


def _not_configured(name: str) -> str:
    return f"MINOR: CLI #2005: Error while processing command - {name} instance 0 is not configured\n"


@answers("show router ospf3 neighbor", "show router ospf3 interface")
def ospf3(view: View) -> str:
    return _not_configured("OSPF3")


@answers("show router ospf neighbor")
def ospf_neighbors(view: View) -> str:
    if not runs(view.device, "ospf"):
        return _not_configured("OSPF")
    head = [
        "Interface-Name                   Rtr Id          State      Pri  RetxQ   TTL",
        "   Area-Id",
    ]
    found = list(_pairs(view, "ospf"))
    rows = [line for one in found for line in _ospf_neighbor(one)] or [NONE_FOUND]
    return table("Rtr Base OSPFv2 Instance 0 Neighbors", head, rows, f"No. of Neighbors: {len(found)}")


def _ospf_neighbor(one: Pair) -> Iterator[str]:
    end, far = one
    yield (
        f"{interface_of(end.port):<33}{far.device.router_id:<16}{OSPF_STATES[end.state]:<11}"
        f"{1:<5}{0:<8}{int(end.dead_interval_s) - 3}"
    )
    yield f"   {end.area}"


@answers("show router ospf neighbor detail")
def ospf_neighbor_details(view: View) -> str:
    if not runs(view.device, "ospf"):
        return _not_configured("OSPF")
    lines = [line for one in _pairs(view, "ospf") for line in _ospf_detail(one, view)]
    title = "Rtr Base OSPFv2 Instance 0 Neighbors (detail)"
    return shown(["", RULE, title, RULE, *(lines or [NONE_FOUND]), RULE])


def _ospf_detail(one: Pair, view: View) -> Iterator[str]:
    end, far = one
    up = day_clock(view.at - end.since)
    yield f"Neighbor Rtr Id : {far.device.router_id}           Interface: {interface_of(end.port)}"
    yield LINE
    yield _line("Neighbor IP Addr", (far.port.address or "").partition("/")[0])
    yield _line("Local IF IP Addr", (end.port.address or "").partition("/")[0])
    yield _line("Area Id", end.area, "Designated Rtr", NO_ADDRESS)
    yield _line("Neighbor State", OSPF_STATES[end.state], "Priority", 1)
    yield _line("Up Time", up, "Time Before Dead", f"{int(end.dead_interval_s) - 3} sec")
    yield _line("Num of Events", end.transitions_count)


def _line(name: str, value: object, other: str = "", more: object = "") -> str:
    left = f"{name:<20}: {value}"
    return f"{left:<41}{other:<21}: {more}" if other else left


@answers("show router ospf interface")
def ospf_interfaces(view: View) -> str:
    if not runs(view.device, "ospf"):
        return _not_configured("OSPF")
    ends = _interfaces(view, "ospf")
    head = ["If Name               Area Id         Designated Rtr  Bkup Desig Rtr  Adm  Oper"]
    rows = [_ospf_row(SYSTEM, ends[0].area, view.device.router_id, "DR")]
    rows += [_ospf_row(interface_of(end.port), end.area, *_part(end)) for end in ends]
    count = f"No. of OSPF Interfaces: {len(rows)}"
    return table("Rtr Base OSPFv2 Instance 0 Interfaces", head, rows, count)


def _ospf_row(name: str, area: str, designated: str, oper: str) -> str:
    return f"{name:<22}{area:<16}{designated:<16}{NO_ADDRESS:<16}Up   {oper}"


def _part(end: IgpInterface) -> tuple[str, str]:
    """The designated router, and the part that this one plays."""
    if not end.port.oper_up:
        return NO_ADDRESS, "Down"
    if end.network_type == "point_to_point":
        return NO_ADDRESS, "PToP"
    return end.device.router_id, "DR"


@answers("show router ospf interface detail")
def ospf_interface_details(view: View) -> str:
    return _ospf_details(view, None)


@answers("show router ospf interface {interface} detail")
def ospf_interface_detail(view: View, interface: str) -> str:
    return _ospf_details(view, interface)


def _ospf_details(view: View, wanted: str | None) -> str:
    if not runs(view.device, "ospf"):
        return _not_configured("OSPF")
    ends = [end for end in _interfaces(view, "ospf") if wanted in (None, interface_of(end.port))]
    lines = [line for end in ends for line in _configured(end)] or [NONE_FOUND]
    return shown(["", RULE, "Rtr Base OSPFv2 Instance 0 Interfaces (detail)", RULE, *lines, RULE])


KINDS = {"point_to_point": "Point To Point", "broadcast": "Broadcast"}


def _configured(end: IgpInterface) -> Iterator[str]:
    kind = KINDS[end.network_type]
    oper = {"PToP": "Point To Point", "DR": "Designated Rtr"}.get(_part(end)[1], "Down")
    yield from (f"Interface : {interface_of(end.port)}", LINE)
    yield f"IP Address       : {(end.port.address or '').partition('/')[0]}"
    yield from (LINE, "Configuration", LINE)
    yield _line("Area Id", end.area, "Priority", 1)
    yield _line("Transit Delay", 1, "Retrans Intrvl", 5)
    yield _line("Hello Intrvl", int(end.hello_interval_s), "Rtr Dead Intrvl", int(end.dead_interval_s))
    yield _line("Cfg Metric", end.cost, "Advert Subnet", "True")
    yield _line("Auth Type", "MD5" if end.password else "None", "Passive", str(end.passive))
    yield _line("Cfg IF Type", kind, "Cfg MTU", 0)
    yield from (LINE, "State", LINE)
    yield _line("Admin Status", "Enabled", "Oper State", oper)
    yield _line("Designated Rtr", _part(end)[0], "Backup Desig Rtr", NO_ADDRESS)
    yield _line("IF Type", kind, "Network Type", "Stub" if end.passive else "Transit")
    yield _line("Oper MTU", end.port.mtu_bytes)
    yield _line("Oper Metric", end.cost, "Bfd Enabled", "No")
    yield _line("Nbr Count", int(end.state != "down"), "If Events", end.transitions_count)


@answers("show router ospf status")
def ospf_status(view: View) -> str:
    if not runs(view.device, "ospf"):
        return _not_configured("OSPF")
    up = "Enabled" if view.device.igp_running else "Disabled"
    lines = (
        f"OSPF Cfg Router Id           : {NO_ADDRESS}",
        f"OSPF Oper Router Id          : {view.device.router_id}",
        "OSPF Version                 : 2",
        "OSPF Admin Status            : Enabled",
        f"OSPF Oper Status             : {up}",
        "In Overload State            : False",
    )
    return shown(["", RULE, "Rtr Base OSPFv2 Instance 0 Status", RULE, *lines, RULE])


@answers("show router isis adjacency")
def isis_adjacencies(view: View) -> str:
    if not runs(view.device, "isis"):
        return _not_configured("ISIS")
    head = ["System ID                Usage State Hold Interface                     MT-ID"]
    found = list(_pairs(view, "isis"))
    rows = [
        f"{far.device.name:<25}{USAGE[end.level]:<6}{ISIS_STATES[end.state]:<6}{24:<5}"
        f"{interface_of(end.port):<30}0"
        for end, far in found
    ]
    count = f"Adjacencies : {len(found)}"
    return table("Rtr Base ISIS Instance 0 Adjacency", head, rows or [NONE_FOUND], count)


@answers("show router isis adjacency detail")
def isis_adjacency_details(view: View) -> str:
    if not runs(view.device, "isis"):
        return _not_configured("ISIS")
    lines = [line for one in _pairs(view, "isis") for line in _isis_detail(one, view)]
    title = "Rtr Base ISIS Instance 0 Adjacency (detail)"
    return shown(["", RULE, title, RULE, *(lines or [NONE_FOUND]), RULE])


def system_id(device: Device) -> str:
    """The system id that a router makes of its router id: `10.255.0.1` as `0102.5500.0001`."""
    digits = "".join(f"{int(octet):03d}" for octet in device.router_id.split("."))
    return ".".join(digits[at : at + 4] for at in (0, 4, 8))


def _isis_detail(one: Pair, view: View) -> Iterator[str]:
    end, far = one
    usage, up = USAGE[end.level], day_clock(view.at - end.since)
    yield f"Hostname    : {far.device.name}"
    yield f"{f'SystemID    : {system_id(far.device)}':<47}SNPA        : {far.port.mac}"
    yield f"{f'Interface   : {interface_of(end.port)}':<47}Up Time     : {up}"
    yield f"{f'State       : {ISIS_STATES[end.state]}':<47}Priority    : 0"
    yield f"{f'Nbr Sys Typ : {usage}':<47}L. Circ Typ : {usage}"
    yield f"{'Hold Time   : 24':<47}Max Hold    : 27"
    yield f"{f'Adj Level   : {usage}':<47}MT Enabled  : No"
    yield "Topology    : Unicast"
    yield "IPv6 Neighbor     : ::"
    yield f"IPv4 Neighbor     : {(far.port.address or '').partition('/')[0]}"


@answers("show router isis interface")
def isis_interfaces(view: View) -> str:
    if not runs(view.device, "isis"):
        return _not_configured("ISIS")
    head = [
        "Interface                        Level CircID  Oper      L1/L2 Metric     Type",
        f"{'State':>52}",
    ]
    rows = [_isis_row(SYSTEM, "L1L2", 1, True, "0/0", "p2p")]
    for end in _interfaces(view, "isis"):
        metric = {"1": f"{end.cost}/-", "2": f"-/{end.cost}"}.get(end.level, f"{end.cost}/{end.cost}")
        kind = "p2p" if end.network_type == "point_to_point" else "Bcast"
        up = end.port.oper_up
        rows.append(_isis_row(interface_of(end.port), USAGE[end.level], end.port.index, up, metric, kind))
    return table("Rtr Base ISIS Instance 0 Interfaces", head, rows, f"Interfaces : {len(rows)}")


def _isis_row(name: str, level: str, circuit: int, up: bool, metric: str, kind: str) -> str:
    return f"{name:<33}{level:<6}{circuit:<8}{'Up' if up else 'Down':<10}{metric:<17}{kind}"


@answers("show router isis interface detail")
def isis_interface_details(view: View) -> str:
    return _isis_details(view, None)


@answers("show router isis interface {interface} detail")
def isis_interface_detail(view: View, interface: str) -> str:
    return _isis_details(view, interface)


def _isis_details(view: View, wanted: str | None) -> str:
    if not runs(view.device, "isis"):
        return _not_configured("ISIS")
    ends = [end for end in _interfaces(view, "isis") if wanted in (None, interface_of(end.port))]
    lines = [line for end in ends for line in _isis_configured(end)] or [NONE_FOUND]
    return shown(["", RULE, "Rtr Base ISIS Instance 0 Interfaces (detail)", RULE, *lines, RULE])


def _isis_configured(end: IgpInterface) -> Iterator[str]:
    """Hellos are signed by the interface's key, the levels' own keys are not used."""
    up = "Up" if end.port.oper_up else "Down"
    kind = "Pt-to-Pt" if end.network_type == "point_to_point" else "Broadcast"
    auth = "MD5" if end.password else "None"
    yield LINE
    yield f"{f'Interface        : {interface_of(end.port)}':<46}Level Capability: {USAGE[end.level]}"
    yield f"{f'Oper State       : {up}':<46}Admin State     : Up"
    yield f"Auth Type        : {auth}"
    yield f"{f'Circuit Id       : {end.port.index}':<46}Retransmit Int. : 5"
    yield f"{f'Type             : {kind}':<46}LSP Interval    : 100"
    yield f"{'BFD Enabled      : No':<46}Passive         : {'Yes' if end.passive else 'No'}"
    for number in (1, 2):
        if str(number) in end.level:
            yield f"{f'  Level          : {number}':<46}Adjacencies     : {int(end.adjacent)}"
            yield f"{'  Auth Type      : None':<46}Metric          : {end.cost}"


@answers("show router isis status")
def isis_status(view: View) -> str:
    ends = _interfaces(view, "isis")
    if not ends:
        return _not_configured("ISIS")
    lines = (
        "ISIS Cfg System Id       : 0000.0000.0000",
        f"ISIS Oper System Id      : {system_id(view.device)}",
        "ISIS Cfg Router Id       : 0.0.0.0",
        f"ISIS Oper Router Id      : {view.device.router_id}",
        "ISIS Admin State         : Up",
        f"ISIS Oper State          : {'Up' if view.device.igp_running else 'Down'}",
        f"Level Capability         : {USAGE[ends[0].level]}",
        f"Area Addresses           : {ends[0].area}",
        "L1 Overload Status       : Not currently in overload",
        "L2 Overload Status       : Not currently in overload",
    )
    return shown(["", RULE, "Rtr Base ISIS Instance 0 Status", RULE, *lines, RULE])
