"""Interfaces: state and counters, and the protocols above them."""

from __future__ import annotations

from collections.abc import Iterator

from netdoctor.lab.hardware import Port
from netdoctor.lab.render import View, answers
from netdoctor.lab.render.cisco_xr.words import MANAGEMENT_VRF, age, chosen, short, stamped
from netdoctor.lab.render.text import address_of, counted, hardware_address, utc

ETHERNET_HEADER_BYTES = 14
MULTICAST_SHARE = 0.0004
MEDIA = {"10GBASE-LR": "LR", "100GBASE-LR4": "LR4"}


def states(port: Port) -> tuple[str, str]:
    """What stands after `is` and after `line protocol is`."""
    if not port.admin_up:
        return "administratively down", "administratively down"
    if port.disabled_reason:
        return "error disabled", "down"
    return ("up", "up") if port.oper_up else ("down", "down")


@answers("show interfaces", "show interfaces {interface}")
def interfaces(view: View, interface: str | None = None) -> str:
    lines: list[str] = []
    if interface in (None, "Loopback0"):
        lines += _loopback(view)
    if interface is None:
        lines += _null()
    for port in chosen(view, interface):
        lines += _port(port, view)
    return stamped(view, lines)


def _loopback(view: View) -> Iterator[str]:
    yield "Loopback0 is up, line protocol is up "
    yield "  Interface state transitions: 1"
    yield "  Hardware is Loopback interface(s)"
    yield f"  Internet address is {view.device.loopback}/32"
    yield "  MTU 1500 bytes, BW 0 Kbit"
    yield "     reliability Unknown, txload Unknown, rxload Unknown"
    yield "  Encapsulation Loopback,  loopback not set,"
    yield f"  Last link flapped {age(view.at - view.device.booted_at - 90.0)}"
    yield "  Last input Unknown, output Unknown"
    yield '  Last clearing of "show interface" counters Unknown'
    yield "  Input/output data rate is disabled."
    yield ""


def _null() -> Iterator[str]:
    yield "Null0 is up, line protocol is up "
    yield "  Interface state transitions: 1"
    yield "  Hardware is Null interface"
    yield "  Internet address is Unknown"
    yield "  MTU 1500 bytes, BW 0 Kbit"
    yield "     reliability 255/255, txload Unknown, rxload Unknown"
    yield "  Encapsulation Null,  loopback not set,"
    yield "  Last input never, output never"
    yield '  Last clearing of "show interface" counters never'
    yield ""


def _port(port: Port, view: View) -> Iterator[str]:
    link, protocol = states(port)
    mac = hardware_address(port.mac)
    kbps = port.speed_bps // 1000
    yield f"{port.name} is {link}, line protocol is {protocol} "
    yield f"  Interface state transitions: {port.carrier_transitions_count}"
    yield f"  Hardware is {_hardware(port)}, address is {mac} (bia {mac})"
    if port.kind == "ethernet":
        yield "  Layer 1 Transport Mode is LAN"
    if port.description:
        yield f"  Description: {port.description}"
    yield f"  Internet address is {port.address or 'Unknown'}"
    yield f"  MTU {port.mtu_bytes + ETHERNET_HEADER_BYTES} bytes, BW {kbps} Kbit (Max: {kbps} Kbit)"
    loads = [_load(rate_bps, port) for rate_bps in (port.out_bps, port.in_bps)]
    yield f"     reliability 255/255, txload {loads[0]}/255, rxload {loads[1]}/255"
    yield "  Encapsulation ARPA,"
    speed = f"{port.speed_bps // 1_000_000}Mb/s"
    yield f"  Full-duplex, {speed}, {_medium(port)}, link type is {_link_type(port)}"
    yield "  output flow control is off, input flow control is off"
    yield "  loopback not set,"
    if port.last_change_at:
        yield f"  Last link flapped {age(view.at - port.last_change_at)}"
    if port.address:
        yield "  ARP type ARPA, ARP timeout 04:00:00"
    heard = "00:00:00" if port.oper_up else "never"
    yield f"  Last input {heard}, output {heard}"
    yield '  Last clearing of "show interface" counters never'
    yield from _counters(port, view)
    yield ""


def _hardware(port: Port) -> str:
    return "Management Ethernet" if port.kind == "management" else port.name.rstrip("0123456789/")


def _medium(port: Port) -> str:
    if port.kind == "management":
        return "CX"
    return MEDIA.get(port.optic.type.media_type, "LR") if port.optic else "CR"


def _link_type(port: Port) -> str:
    return "autonegotiation" if port.kind == "management" else "force-up"


def _load(rate_bps: float, port: Port) -> int:
    return min(255, round(255 * rate_bps / port.speed_bps))


def _counters(port: Port, view: View) -> Iterator[str]:
    counts = counted(port, view)
    rates = {name: int(port.meters[name].rate_per_s) for name in ("in_pkts", "out_pkts")}
    multicast = {way: int(counts[f"{way}_pkts"] * MULTICAST_SHARE) for way in ("in", "out")}
    yield f"  5 minute input rate {int(port.in_bps)} bits/sec, {rates['in_pkts']} packets/sec"
    yield f"  5 minute output rate {int(port.out_bps)} bits/sec, {rates['out_pkts']} packets/sec"
    yield (
        f"     {counts['in_pkts']} packets input, {counts['in_octets']} bytes, "
        f"{counts['in_discards']} total input drops"
    )
    yield "     0 drops for unrecognized upper-level protocol"
    yield f"     Received 0 broadcast packets, {multicast['in']} multicast packets"
    yield f"              0 runts, {counts['in_giants']} giants, 0 throttles, 0 parity"
    errors = counts["in_fcs_errors"] + counts["in_giants"]
    yield f"     {errors} input errors, {counts['in_fcs_errors']} CRC, 0 frame, 0 overrun, 0 ignored, 0 abort"
    yield (
        f"     {counts['out_pkts']} packets output, {counts['out_octets']} bytes, "
        f"{counts['out_discards']} total output drops"
    )
    yield f"     Output 0 broadcast packets, {multicast['out']} multicast packets"
    yield "     0 output errors, 0 underruns, 0 applique, 0 resets"
    yield "     0 output buffer failures, 0 output buffers swapped out"
    yield f"     {port.carrier_transitions_count} carrier transitions"


GUARDS = {"bpduguard": "stp-bpdu-guard"}


@answers("show error-disable")
def error_disabled(view: View) -> str:
    ports = [port for port in chosen(view, None) if port.disabled_reason]
    if not ports:
        return stamped(view)
    head = "Interface                      Error-Disable reason               Retry (s)   Time disabled"
    rule = "-----------------------------  ---------------------------------  ----------  ----------------"
    return stamped(view, [head, rule, *(_disabled(port, view) for port in ports)])


def _disabled(port: Port, view: View) -> str:
    reason = GUARDS.get(port.disabled_reason or "", port.disabled_reason)
    since = utc(port.last_change_at + view.device.clock_offset_s)
    return f"{short(port.name):<30} {reason:<34} {'---':<11} {since:%m/%d/%Y %H:%M}"


def _ip_state(port: Port) -> tuple[str, str]:
    """Of the port, and of an address family above it."""
    if not port.admin_up:
        return "Shutdown", "Down"
    return ("Up", "Up") if port.oper_up else ("Down", "Down")


def _vrf(port: Port) -> tuple[str, str]:
    return (MANAGEMENT_VRF, "0x60000001") if port.kind == "management" else ("default", "0x60000000")


@answers("show ipv4 vrf all interface", "show ipv4 interface")
def ipv4(view: View) -> str:
    lines = [*_ipv4("Loopback0", ("Up", "Up"), ("default", "0x60000000"), f"{view.device.loopback}/32", None)]
    for port in chosen(view, None):
        told = address_of(port)
        address = f"{told[0]}/{told[1]}" if told else None
        lines += _ipv4(port.name, _ip_state(port), _vrf(port), address, port.mtu_bytes)
    return stamped(view, lines)


def _ipv4(
    name: str, state: tuple[str, str], vrf: tuple[str, str], address: str | None, mtu_bytes: int | None
) -> Iterator[str]:
    yield f"{name} is {state[0]}, ipv4 protocol is {state[1] if address else 'Down'} "
    yield f"  Vrf is {vrf[0]} (vrfid {vrf[1]})"
    if address is None:
        yield "  Internet protocol processing disabled"
        return
    mtu = 1500 if mtu_bytes is None else mtu_bytes + ETHERNET_HEADER_BYTES
    yield f"  Internet address is {address}"
    yield f"  MTU is {mtu} ({mtu_bytes or 1500} is available to IP)"
    yield "  Helper address is not set"
    yield "  Directed broadcast forwarding is disabled"
    yield "  Outgoing access list is not set"
    yield "  Inbound  common access list is not set, access list is not set"
    yield "  Proxy ARP is disabled"
    yield "  ICMP redirects are never sent"
    yield "  ICMP unreachables are always sent"
    yield "  ICMP mask replies are never sent"
    yield f"  Table Id is {vrf[1].replace('0x6', '0xe')}"


@answers("show ipv6 vrf all interface", "show ipv6 interface")
def ipv6(view: View) -> str:
    return stamped(view, [line for port in chosen(view, None) for line in _ipv6(port)])


def _ipv6(port: Port) -> Iterator[str]:
    """Fabric ports have an address of the link, and no other."""
    (state, protocol), (vrf, number) = _ip_state(port), _vrf(port)
    enabled = port.kind == "ethernet" and port.address is not None
    up = protocol if enabled else "Down"
    yield f"{port.name} is {state}, ipv6 protocol is {up}, Vrfid is {vrf} ({number})"
    if not enabled:
        yield "  IPv6 is disabled, link-local address unassigned"
        yield "  No global unicast address is configured"
        return
    yield f"  IPv6 is enabled, link-local address is {_link_local(port.mac)} "
    yield "  No global unicast address is configured"
    yield "  Joined group address(es): ff02::2 ff02::1"
    yield f"  MTU is {port.mtu_bytes + ETHERNET_HEADER_BYTES} ({port.mtu_bytes} is available to IPv6)"
    yield from _IPV6_SETTINGS


_IPV6_SETTINGS = (
    "  ICMP redirects are disabled",
    "  ICMP unreachables are enabled",
    "  ND DAD is enabled, number of DAD attempts 1",
    "  ND reachable time is 0 milliseconds",
    "  ND cache entry limit is 1000000000",
    "  ND advertised retransmit interval is 0 milliseconds",
    "  ND router advertisements are sent every 160 to 240 seconds",
    "  ND router advertisements live for 1800 seconds",
    "  Hosts use stateless autoconfig for addresses.",
    "  Outgoing access list is not set",
    "  Inbound  common access list is not set, access list is not set",
    "  Table Id is 0xe0800000",
    "  Complete protocol adjacency: 0",
    "  Complete glean adjacency: 0",
    "  Incomplete protocol adjacency: 0",
    "  Incomplete glean adjacency: 0",
    "  Dropped protocol request: 0",
    "  Dropped glean request: 0",
)


def _link_local(mac: str) -> str:
    """The modified EUI-64 of RFC 4291 appendix A."""
    octets = [int(part, 16) for part in mac.split(":")]
    octets[0] ^= 2
    host = [*octets[:3], 0xFF, 0xFE, *octets[3:]]
    groups = (f"{high << 8 | low:x}" for high, low in zip(host[::2], host[1::2], strict=True))
    return f"fe80::{':'.join(groups)}"
