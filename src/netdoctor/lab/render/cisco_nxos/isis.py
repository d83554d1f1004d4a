"""IS-IS, where a plan has it."""

from __future__ import annotations

from netdoctor.lab.igp import IgpInterface
from netdoctor.lab.render import View, answers
from netdoctor.lab.render.cisco_nxos.ospf import far_end, runs
from netdoctor.lab.render.cisco_nxos.words import NOT_RUNNING, TAG, clock
from netdoctor.lab.render.text import address_of

STATES = {"full": "UP", "init": "INIT"}
"""A neighbour that is not heard is not listed."""
HEAD = f"IS-IS process: {TAG} VRF: default\n"


@answers("show isis adjacency detail vrf all")
def adjacencies(view: View) -> str:
    if not runs(view, "isis"):
        return NOT_RUNNING
    rows = (_adjacency(end, view) for end in view.device.igp.values())
    return (
        f"{HEAD}IS-IS adjacency database:\n"
        "Legend: '!': No AF level connectivity in given topology\n"
        "System ID       SNPA            Level  State  Hold Time  Interface\n" + "".join(rows)
    )


def _adjacency(end: IgpInterface, view: View) -> str:
    far = far_end(view, end)
    if far is None or end.state not in STATES:
        return ""
    address = address_of(far.port)
    return (
        f"{far.device.name:<15} {'N/A':<15} {end.level:<6} {STATES[end.state]:<6} 00:00:23   "
        f"{end.port.name}\n"
        f"  Up/Down transitions: {end.transitions_count}, Last transition: {clock(view.at - end.since)} ago\n"
        "  Circuit Type: L1-2\n"
        f"  IPv4 Address: {address[0] if address else ''}\n"
        "  IPv6 Address: 0::\n"
        "  Circuit ID: N/A\n"
        "  BFD session for IPv4 not requested\n"
        "  BFD session for IPv6 not requested\n"
        "  Restart capable: 1; ack 0;\n"
        "  Restart mode: 0; seen(ra 0; csnp(0; l1 0; l2 0)); suppress 0\n"
    )


@answers("show isis interface vrf all", "show isis interface {interface}")
def interfaces(view: View, interface: str | None = None) -> str:
    if not runs(view, "isis"):
        return NOT_RUNNING
    ends = [end for end in view.device.igp.values() if interface in (None, end.port.name)]
    return HEAD + "".join(_interface(end) for end in ends)


def _interface(end: IgpInterface) -> str:
    state = "up" if end.port.oper_up else "down"
    admin = "up" if end.port.admin_up else "down"
    address, length = address_of(end.port) or ("", 0)
    auth = "    Authentication type MD5\n" if end.password else "     No auth type set\n    No auth check\n"
    return (
        f"{end.port.name}, Interface status: protocol-{state}/link-{state}/admin-{admin}\n"
        f"  IP address: {address}, IP subnet: {address}/{length}\n"
        "  IPv6 routing is disabled\n"
        f"  Level1\n     No auth type set\n    No auth check\n  Level2\n{auth}"
        f"  Index: 0x{end.port.index:04x}, Local Circuit ID: 0x01, Circuit Type: L{end.level}\n"
        f"  BFD IPv4 is locally disabled for Interface {end.port.name}\n"
        f"  BFD IPv6 is locally disabled for Interface {end.port.name}\n"
        "  MTR is disabled\n" + (_passive(end) if end.passive else _active(end)) + _topologies(end)
    )


def _passive(end: IgpInterface) -> str:
    return f"  Passive level: level-{end.level}\n  Level      Metric\n  2{end.cost:>16}\n"


def _active(end: IgpInterface) -> str:
    heard, up = int(end.state in STATES), int(end.adjacent)
    return (
        "  Extended Local Circuit ID: 0x1A006000, P2P Circuit ID: 0000.0000.0000.00\n"
        "  Retx interval: 5, Retx throttle interval: 66 ms\n"
        f"  LSP interval: 33 ms, MTU: {end.port.mtu_bytes}\n"
        f"  P2P Adjs: {heard}, AdjsUp: {up}, Priority 64\n"
        f"  Hello Interval: {end.hello_interval_s:.0f}, Multi: 3, Next IIH: 00:00:02\n"
        "  MT    Adjs   AdjsUp  Metric   CSNP  Next CSNP  Last LSP ID\n"
        f"  1        0        0      {end.cost:>2}     60  Inactive   ffff.ffff.ffff.ff-ff\n"
        f"  2        {heard}        {up}      {end.cost:>2}     60  00:00:33   ffff.ffff.ffff.ff-ff\n"
    )


def _topologies(end: IgpInterface) -> str:
    state = "UP" if end.port.oper_up else "DN"
    return (
        "  Topologies enabled:\n"
        "    L  MT  Metric  MetricCfg  Fwdng IPV4-MT  IPV4Cfg  IPV6-MT  IPV6Cfg\n"
        f"    2  0        {end.cost:>2}      yes   {state}    {state}       yes      DN       no\n\n"
    )


@answers("show isis vrf all")
def instance(view: View) -> str:
    if not runs(view, "isis"):
        return NOT_RUNNING
    ends = list(view.device.igp.values())
    area = ends[0].area
    return (
        f"\nISIS process : {TAG}\n"
        " Instance number :  1\n"
        " UUID: 1090519320\n"
        "VRF: default\n"
        f"  System ID : {_system_id(view.device.router_id)}  IS-Type : L2\n"
        "  SAP : 412  Queue Handle : 15\n"
        "  Maximum LSP MTU: 1492\n"
        "  Stateful HA enabled\n"
        "  Graceful Restart enabled. State: Inactive\n"
        "  Last graceful restart status : none\n"
        "  Start-Mode Complete\n"
        "  Metric-style : advertise(wide), accept(narrow, wide)\n"
        "  Area address(es) :\n"
        f"    {area}\n"
        "  Process is up and running\n"
        "  VRF ID: 1\n"
        "  Stale routes during non-graceful controlled restart\n"
        "  Interfaces supported by IS-IS :\n" + "".join(f"    {end.port.name}\n" for end in ends)
    )


def _system_id(router_id: str) -> str:
    """`10.255.0.1` as `0102.5500.0001`, as engineers write it."""
    digits = "".join(part.zfill(3) for part in router_id.split("."))
    return ".".join(digits[start : start + 4] for start in (0, 4, 8))
