"""How Arista EOS is spoken to."""

from __future__ import annotations

import re

from netdoctor.platforms.base import Dialect, Recognition, Refusal

TITLE = "Arista EOS"

DIALECT = Dialect(
    mode="exec",
    prompt=re.compile(r"(?:^|\n)[\w.:-]+(?:\([^()\n]*\))?[>#]\s*$"),
    paging_off=("terminal length 0", "terminal width 32767"),
    pager=re.compile(r"--More--\s*$"),
    refusals=(
        Refusal(re.compile(r"^% ?Authorization denied", re.M | re.I), "not_authorised"),
        Refusal(re.compile(r"\(?privileged mode required\)?", re.I), "not_authorised"),
        Refusal(
            re.compile(r"^% ?(?:Invalid input|Incomplete command|Ambiguous command)", re.M | re.I),
            "unsupported",
        ),
        Refusal(
            re.compile(r"unconverted command|not supported on this hardware platform", re.I), "unsupported"
        ),
        Refusal(re.compile(r"^% ?(?:Unavailable command|Not supported)", re.M | re.I), "unsupported"),
    ),
    max_channels=4,
    recognise_by="show version",
    recognitions=(Recognition("output", re.compile(r"^\s*Arista\b|\bSoftware image version:\s*4\.", re.M)),),
)
"""Every command starts a command-line process on the device: four at once are enough for a small CPU."""

# Closed families of read-only commands. A word is a keyword, a name, a number or an address; nothing else
# can stand in one, so that no pipe but `| json` and no redirect fits.
_WORD = r"[A-Za-z0-9][\w./:%-]{0,63}"
_INTERFACE = r"[A-Za-z]{1,16}[-A-Za-z]{0,8} ?\d{1,5}(?:[/.:]\d{1,5}){0,4}"
_ADDRESS = r"(?=[^ ]*[.:])[0-9A-Fa-f][0-9A-Fa-f.:]{0,44}(?:%[A-Za-z0-9/.-]{1,32})?(?:/\d{1,3})?"
_PEER = rf"(?:{_ADDRESS}|{_INTERFACE})"
_VRF = rf"(?: vrf {_WORD})?"
_ROUTES = r"(?:received-routes|advertised-routes|routes)"
_JSON = r"(?: \| json)?"

_SHOW = (
    r"version(?: detail)?",
    r"hostname",
    r"uptime",
    r"clock",
    r"ip helper-address",
    r"module(?: all)?",
    r"inventory",
    r"reload cause(?: full)?",
    r"environment (?:all|cooling|power|temperature)",
    r"system environment (?:all|cooling|power(?: detail)?|temperature(?: detail| transceiver)?)",
    r"processes top once",
    r"agent (?:uptime|names)",
    r"agent [A-Za-z]\w{0,31} uptime",
    r"ntp (?:status|associations)",
    r"logging(?: \d{1,4}| last \d{1,4} (?:seconds|minutes|hours|days))?",
    r"logging threshold (?:errors|warnings|notifications)(?: \d{1,4})?",
    rf"interfaces(?: {_INTERFACE})?",
    rf"interfaces(?: {_INTERFACE})? (?:status(?: errdisabled)?|description|phy detail|negotiation detail)",
    rf"interfaces(?: {_INTERFACE})? counters(?: errors| discards| rates| queue(?: detail| drops| rates)?)?",
    rf"interfaces(?: {_INTERFACE})? transceiver(?: detail| dom thresholds| hardware| properties)?",
    rf"interfaces(?: {_INTERFACE})? (?:error-correction|mac detail|capabilities)",
    rf"ip interface(?: {_INTERFACE})?(?: brief)?",
    rf"ipv6 interface(?: {_INTERFACE})?(?: brief)?",
    rf"qos interfaces(?: {_INTERFACE})?",
    rf"lldp neighbors(?: {_INTERFACE})?(?: detail)?",
    r"port-channel(?: \d{1,7})?(?: detailed| dense| summary)?",
    rf"lacp (?:peer|neighbor|interface)(?: {_INTERFACE}| all-ports)?(?: detailed| brief)?",
    rf"bfd peers(?: dest-ip {_PEER}| {_PEER})?(?: detail)?{_VRF}(?: detail)?",
    rf"bgp (?:summary|instance|convergence){_VRF}",
    rf"(?:ip |ipv6 )?bgp (?:neighbors|peers)(?: {_PEER})?{_VRF}",
    rf"(?:ip |ipv6 )?bgp neighbors {_PEER}(?: ipv[46] unicast)? {_ROUTES}(?: detail)?{_VRF}",
    rf"(?:ip|ipv6) bgp(?: {_ADDRESS})?(?: detail)?{_VRF}",
    rf"(?:ip|ipv6) bgp summary{_VRF}",
    rf"ip ospf{_VRF}",
    rf"ip ospf (?:neighbor|interface)(?: {_INTERFACE})?(?: detail| brief)?{_VRF}",
    rf"ip ospf summary{_VRF}",
    rf"isis (?:neighbors|interface|summary)(?: {_INTERFACE})?(?: detail| brief)?{_VRF}",
    r"mlag(?: detail| interfaces| config-sanity)?",
    rf"mac address-table(?: dynamic| static| unicast)?(?: vlan \d{{1,4}}| interface {_INTERFACE})?",
    r"spanning-tree(?: blockedports| root(?: detail)?| topology status(?: detail)?| vlan detail| mst)?",
    rf"spanning-tree interface {_INTERFACE}(?: detail)?",
    r"vxlan (?:vni|vtep(?: detail)?|address-table|config-sanity(?: detail)?|interface)",
    r"bgp evpn(?: summary)?",
    r"hardware capacity",
    r"storm-control",
    rf"(?:ip|ipv6) route{_VRF}(?: {_ADDRESS}(?: longer-prefixes)?)?(?: bgp)?(?: detail| summary)?",
    rf"(?:ip )?arp{_VRF}(?: {_ADDRESS})?",
    rf"ipv6 neighbors{_VRF}(?: {_ADDRESS})?",
    rf"ip access-lists(?: {_WORD})?(?: summary)?",
    r"hardware counter drop(?: rates)?",
    r"policy-map (?:interface )?(?:control-plane|copp)(?: copp-system-policy)?",
    r"cpu counters queue(?: summary)?",
    r"maintenance(?: summary)?",
)
_CONFIGURATION = (rf"interfaces {_INTERFACE}", r"section router (?:bgp|ospf)")

ALLOW = (
    *(re.compile(rf"show {family}{_JSON}") for family in _SHOW),
    *(re.compile(rf"show running-config {part}") for part in _CONFIGURATION),
)

QUESTIONS = {
    "interface.read": "show interfaces {interface} | json",
    "interface.configuration": "show running-config interfaces {interface}",
    "interface.errors": "show interfaces {interface} counters errors | json",
    "interface.fec": "show interfaces {interface} phy detail | json",
    "optics.read": "show interfaces {interface} transceiver dom thresholds | json",
    "optics.inventory": "show interfaces {interface} transceiver hardware",
    "lldp.neighbor": "show lldp neighbors {interface} detail | json",
    "lag.members": "show lacp interface {interface} detailed | json",
    "queue.read": "show interfaces {interface} counters queue detail | json",
    "queue.configuration": "show qos interfaces {interface}",
    "bgp.neighbor_detail": "show bgp neighbors {peer} vrf all | json",
    "bgp.neighbor_configuration": "show running-config section router bgp",
    "bgp.received_routes": "show bgp neighbors {peer} received-routes | json",
    "bgp.advertised_routes": "show bgp neighbors {peer} advertised-routes | json",
    "bgp.route": "show ip bgp {prefix} detail vrf all | json",
    "bgp.summary": "show bgp summary vrf all | json",
    "bfd.peer_detail": "show bfd peers {peer} detail | json",
    "ospf.interface": "show ip ospf interface {interface} | json",
    "isis.interface": "show isis interface {interface} | json",
    "ospf.neighbors": "show ip ospf neighbor detail vrf all | json",
    "route.lookup": "show ip route vrf all {prefix} detail | json",
    "route.to_address": "show ip route vrf all {address} detail | json",
    "neighbor.table": "show ip arp vrf all {address} | json",
    "acl.counters": "show ip access-lists | json",
    "copp.counters": "show policy-map interface control-plane",
    "device.processes": "show processes top once | json",
    "device.logs": "show logging threshold warnings 100",
    "device.uptime": "show version | json",
    "device.environment": "show system environment power | json",
    "device.memory": "show version | json",
    "device.ntp": "show ntp associations | json",
    "device.changes": "show logging 300",
    "device.forwarding": "show ip route vrf all summary | json",
}

_LONG = {
    "e": "Ethernet",
    "et": "Ethernet",
    "eth": "Ethernet",
    "ethernet": "Ethernet",
    "m": "Management",
    "ma": "Management",
    "mgmt": "Management",
    "management": "Management",
    "po": "Port-Channel",
    "portchannel": "Port-Channel",
    "lo": "Loopback",
    "loopback": "Loopback",
    "vl": "Vlan",
    "vlan": "Vlan",
    "vx": "Vxlan",
    "vxlan": "Vxlan",
    "tu": "Tunnel",
    "tunnel": "Tunnel",
}
_NAME = re.compile(r"([A-Za-z][A-Za-z-]*?)-?\s*(\d[\d/.:]*)", re.ASCII)


def normalise_interface(name: str) -> str:
    """`Et1`, `Eth1/1`, `ethernet 1` and `po10` as EOS writes them; anything else as it is."""
    found = _NAME.fullmatch(name.strip())
    long = _LONG.get(found[1].lower().replace("-", "")) if found else None
    return f"{long}{found[2]}" if found and long else name.strip()
