"""How Nokia SR Linux is spoken to."""

from __future__ import annotations

import re

from netdoctor.platforms.base import Dialect, Recognition, Refusal

TITLE = "Nokia SR Linux"

DIALECT = Dialect(
    mode="shell",
    prompt=re.compile(
        r"(?:^|\n)(?:--\{[^\n]*\}--\[[^\n]*\]--\s*\n+)?[A-Z]:(?:[\w.-]{1,32}@)?[\w.-]{1,64}#\s*$"
    ),
    paging_off=("environment cli-engine type basic", "environment complete-on-space false"),
    pager=re.compile(r"--More--\s*$|^:\s*$"),
    refusals=(
        Refusal(
            re.compile(r"not authorized|authorization (?:failed|denied)|permission denied", re.I),
            "not_authorised",
        ),
        Refusal(
            re.compile(
                r"^(?:Parsing error|Error): (?:Unknown token|Unknown command|Missing|Not allowed)", re.M
            ),
            "unsupported",
        ),
        Refusal(
            re.compile(r"^Parsing error:|^Error: .*(?:unknown|invalid) (?:element|path|token)", re.M | re.I),
            "unsupported",
        ),
    ),
    max_channels=1,
    recognise_by="show version",
    recognitions=(
        Recognition("output", re.compile(r"^OS *: SR Linux\b", re.M)),
        Recognition("banner", re.compile(r"Welcome to the srlinux CLI|\bsrlinux CLI\b", re.I)),
        Recognition("prompt", re.compile(r"--\{ [^}\n]*\b(?:running|candidate|state|show)\b[^}\n]*\}--\[")),
    ),
)

_WORD = r"[A-Za-z0-9][\w./:-]{0,63}"
_ANY = rf"(?:{_WORD}|\*)"
_ADDRESS = r"(?=[^ ]*[.:])[0-9A-Fa-f][0-9A-Fa-f.:]{0,44}(?:%[\w./-]{1,32})?(?:/\d{1,3})?"
_INTERFACE = r"[a-z]{2,9}-?\d{1,3}(?:/[a-z]?\d{1,3}){0,3}(?:\.\d{1,5})?"

_STATE = (
    "system information",
    "system ntp",
    r"system lldp(?: interface (?:\*|[a-z][\w/-]{1,20}))?(?: neighbor \*)?",
    r"system configuration commit \*",
    r"system app-management application \*",
    "system network-instance protocols evpn ethernet-segments",
    "platform",
    "platform chassis",
    r"platform (?:control|fan-tray|power-supply|linecard) \*(?: temperature)?",
    rf"interface (?:\*|{_INTERFACE})(?: (?:statistics|transceiver|ethernet))?",
    rf"interface (?:\*|{_INTERFACE}) subinterface \*(?: ipv4 arp| ipv6 neighbor-discovery)?",
    r"qos interfaces interface \*",
    r"bfd(?: network-instance \*)?",
    rf"network-instance {_ANY} protocols (?:bgp|ospf|isis|bgp-evpn|bgp-vpn)",
    rf"network-instance {_ANY} protocols bgp neighbor (?:{_ADDRESS}|\*)",
    rf"network-instance {_ANY} bridge-table mac-table",
    rf"network-instance {_ANY} route-table(?: ipv[46]-unicast)?(?: route {_ADDRESS})?",
    r"tunnel-interface \*(?: vxlan-interface \*)?",
    "acl",
)
_SHOW = (
    "version",
    "system lldp neighbor",
    r"system logging (?:buffer|file) [a-z][\w-]{0,31}",
    r"system application(?: \*)?",
    r"platform (?:environment|chassis)",
    r"platform (?:linecard|fan-tray|power-supply|control) [\dA-Z]{1,2} detail",
    rf"network-instance {_ANY} interfaces",
    "tunnel-interface vxlan-interface brief",
    rf"network-instance {_ANY} tunnel-table all",
    rf"network-instance {_ANY} protocols bgp-vpn bgp-instance \d",
    rf"system network-instance ethernet-segments(?: {_WORD})?(?: detail)?",
    rf"interface(?: (?:all|brief|{_INTERFACE}))?(?: (?:detail|brief))?",
    rf"interface {_INTERFACE} queue-statistics",
    r"lag(?: lag\d{1,4})?(?: (?:detail|lacp-state|member-statistics))?",
    rf"network-instance {_ANY} protocols bgp (?:summary|neighbor(?: {_ADDRESS})?(?: detail)?)",
    rf"network-instance {_ANY} protocols bgp neighbor {_ADDRESS} (?:received-routes|advertised-routes) "
    rf"ipv[46]",
    rf"network-instance {_ANY} protocols bgp routes ipv[46] (?:summary|prefix {_ADDRESS}(?: detail)?)",
    rf"network-instance {_ANY} protocols (?:ospf|isis) (?:neighbor|adjacency|interface|status|statistics"
    r"|summary)(?: detail)?",
    rf"network-instance {_ANY} route-table (?:all|summary|ipv[46]-unicast (?:summary|prefix {_ADDRESS}(?"
    rf": detail)?))",
    rf"network-instance {_ANY} route-table ipv[46]-unicast route {_ADDRESS}(?: detail)?",
    rf"network-instance {_ANY} bridge-table mac-table (?:all|summary)",
    rf"arpnd (?:arp-entries|neighbors)(?: interface {_INTERFACE}| ipv[46]-address {_ADDRESS})?",
    r"acl (?:summary|cpm-filter ipv[46]-filter)",
    rf"bfd network-instance {_ANY} peer(?: \*)?",
)

ALLOW = (
    *(re.compile(rf"info from state {family} \| as json") for family in _STATE),
    *(re.compile(rf"show {family}") for family in _SHOW),
)

QUESTIONS = {
    "interface.read": "info from state interface {interface} | as json",
    "interface.errors": "show interface {interface} detail",
    "interface.fec": "info from state interface {interface} ethernet | as json",
    "optics.read": "info from state interface {interface} transceiver | as json",
    "optics.inventory": "info from state interface {interface} transceiver | as json",
    "lldp.neighbor": "info from state system lldp interface {interface} neighbor * | as json",
    "lag.members": "show lag lacp-state",
    "queue.read": "show interface {interface} queue-statistics",
    "bgp.neighbor_detail": "show network-instance * protocols bgp neighbor {peer} detail",
    "bgp.received_routes": "show network-instance default protocols bgp neighbor {peer} received-routes ipv4",
    "bgp.advertised_routes": "show network-instance default protocols bgp neighbor {peer} "
    "advertised-routes ipv4",
    "bgp.route": "show network-instance default protocols bgp routes ipv4 prefix {prefix} detail",
    "bgp.summary": "show network-instance * protocols bgp neighbor",
    "bfd.peer_detail": "info from state bfd | as json",
    "ospf.interface": "info from state network-instance * protocols ospf | as json",
    "isis.interface": "info from state network-instance * protocols isis | as json",
    "ospf.neighbors": "info from state network-instance * protocols ospf | as json",
    "route.lookup": "show network-instance * route-table ipv4-unicast prefix {prefix} detail",
    "route.to_address": "show network-instance * route-table ipv4-unicast route {address}",
    "neighbor.table": "show arpnd arp-entries ipv4-address {address}",
    "acl.counters": "info from state acl | as json",
    "copp.counters": "show acl cpm-filter ipv4-filter",
    "device.processes": "info from state platform control * | as json",
    "device.logs": "show system logging buffer messages",
    "device.uptime": "info from state system information | as json",
    "device.environment": "show platform environment",
    "device.memory": "info from state platform control * | as json",
    "device.ntp": "info from state system ntp | as json",
    "device.changes": "info from state system configuration commit * | as json",
}

_SHORT = {
    "e": "ethernet-", "eth": "ethernet-", "et": "ethernet-", "ethernet": "ethernet-",
    "ethernet-": "ethernet-",
    "mgmt": "mgmt", "m": "mgmt", "lag": "lag", "lo": "lo", "irb": "irb", "system": "system", "sys": "system",
}  # fmt: skip
_NAME = re.compile(r"([A-Za-z]+-?)\s*(\d[\d/.]*)", re.ASCII)


def normalise_interface(name: str) -> str:
    """`e1/1`, `eth-1/1.0` and `Ethernet 1/1` are `ethernet-1/1`; anything else stays as it is."""
    found = _NAME.fullmatch(name.strip())
    head = found[1].lower() if found else ""
    long = _SHORT.get(head) or _SHORT.get(head.rstrip("-"))
    return f"{long}{found[2]}" if found and long else name.strip()
