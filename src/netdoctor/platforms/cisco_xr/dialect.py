"""How Cisco IOS-XR is spoken to."""

from __future__ import annotations

import re
from functools import lru_cache

from netdoctor.platforms.base import Dialect, Recognition, Refusal

TITLE = "Cisco IOS-XR"

_PROMPT = r"RP/\d{1,3}/(?:RP|RSP)?\w{1,4}/CPU\d{1,2}:[\w.-]{1,80}(?:\([^()\n]{1,80}\))?#"

DIALECT = Dialect(
    mode="shell",
    prompt=re.compile(rf"(?:^|\n){_PROMPT}[ \t]*$"),
    paging_off=("terminal length 0", "terminal width 512"),
    pager=re.compile(r"--More--[ \t]*$"),
    refusals=(
        Refusal(
            re.compile(r"^% ?This command is not authorized|^% ?Authorization fail", re.M | re.I),
            "not_authorised",
        ),
        Refusal(
            re.compile(r"^% ?(?:Invalid input|Incomplete command|Ambiguous command)", re.M | re.I),
            "unsupported",
        ),
        Refusal(
            re.compile(r"^% ?(?:Command not supported|Not supported on this)", re.M | re.I), "unsupported"
        ),
        Refusal(re.compile(r"\bnot supported on this platform\b", re.I), "unsupported"),
    ),
    max_channels=1,
    recognise_by="show version",
    recognitions=(
        Recognition("server_version", re.compile(r"\bCisco-2\b")),
        Recognition("prompt", re.compile(_PROMPT)),
        Recognition("output", re.compile(r"^\s*Cisco IOS XR Software\b", re.M)),
    ),
)
"""Older releases end the connection with its first channel: one terminal carries all commands."""

# Closed families of read-only commands. A word is a keyword, a name, a number or an address; no pipe fits.
_WORD = r"[A-Za-z0-9*][\w./:%*-]{0,63}"
_INTERFACE = r"[A-Za-z]{1,20}[-A-Za-z]{0,8} ?\d[\w/.]{0,30}"
_NODE = r"(?:all|\d{1,3}/\w{1,5}(?:/\w{1,5}){0,2})"
_ADDRESS = r"(?=[^ ]*[.:])[0-9A-Fa-f][0-9A-Fa-f.:]{0,44}(?:/\d{1,3})?"
_PEER = rf"(?:{_ADDRESS}|{_INTERFACE})"
_VRF = rf"(?: vrf {_WORD})?"
_FAMILY = (
    r"(?: (?:ipv[46]|vpnv[46]|l2vpn|link-state)"
    r" (?:unicast|multicast|labeled-unicast|evpn|vpls|mvpn|flowspec)| all all)?"
)
_LOCATION = rf"(?: location {_NODE})?"

_SHOW = (
    r"version(?: brief)?",
    r"platform(?: detail)?",
    rf"inventory(?: all| {_WORD})?",
    r"redundancy(?: summary)?",
    r"lldp",
    r"interface sparse",
    r"error-disable",
    r"arp traffic(?: detail)?",
    r"clock",
    r"reboot history",
    r"install active summary",
    rf"environment(?: all| power| power-supply| fan| fans| temperatures?| voltages?| current)?{_LOCATION}",
    rf"processes cpu{_LOCATION}",
    rf"processes blocked{_LOCATION}",
    rf"processes {_WORD}{_LOCATION}",
    rf"memory summary{_LOCATION}",
    rf"watchdog memory-state{_LOCATION}",
    r"ntp (?:status|associations)",
    r"logging(?: last \d{1,4})?",
    r"configuration commit list(?: \d{1,3})?(?: detail)?",
    r"configuration history(?: last \d{1,3})?",
    rf"interfaces?(?: {_INTERFACE})?(?: brief| description| detail| accounting)?",
    rf"controllers (?:all|{_INTERFACE})(?: phy| stats| bertcounters)?",
    r"controllers optics (?:\*|\d[\d/]{0,20})(?: fec-thresholds| observable-info)?",
    r"controllers npu (?:voq-usage|stats voq) [\w/. -]{1,80}",
    rf"controllers fabric fia (?:drops|errors) (?:ingress|egress){_LOCATION}",
    rf"(?:ipv4|ipv6|ip){_VRF} interface(?: {_INTERFACE})?(?: brief)?",
    rf"policy-map interface (?:all|{_INTERFACE})(?: input| output)?",
    rf"qos interface {_INTERFACE} (?:input|output)",
    rf"lldp neighbors(?: {_INTERFACE})?(?: detail)?",
    rf"cdp neighbors(?: {_INTERFACE})?(?: detail)?",
    rf"bundle(?: {_INTERFACE}| brief)?",
    rf"lacp(?: {_INTERFACE})?",
    rf"bfd(?: all| ipv4| ipv6)? session(?: interface {_INTERFACE})?(?: destination {_PEER})?(?: detail)?",
    rf"bgp(?: instance {_WORD})?{_VRF}{_FAMILY} (?:summary|neighbors(?: {_PEER})?(?: detail)?)",
    rf"bgp{_VRF}{_FAMILY} neighbors {_PEER} (?:routes|received routes|advertised-routes)",
    rf"bgp{_VRF}{_FAMILY}(?: {_ADDRESS}(?: detail)?)?",
    rf"ospf(?:v3)?(?: {_WORD})?{_VRF} (?:neighbor|interface)(?: {_INTERFACE})?(?: detail| brief)?",
    rf"ospf(?:v3)?(?: {_WORD})?{_VRF}",
    rf"isis(?: instance {_WORD})? (?:adjacency|neighbors|interface)(?: {_INTERFACE})?(?: detail| brief)?",
    r"isis(?: protocol)?",
    rf"route{_VRF}(?: ipv[46] unicast| ipv[46])?(?: {_ADDRESS}| connected| static| summary)?(?:"
    rf" detail| longer-prefixes)?",
    rf"cef{_VRF}(?: ipv[46])? {_ADDRESS}(?: detail)?{_LOCATION}",
    rf"cef drops{_LOCATION}",
    rf"arp{_VRF}(?: {_ADDRESS})?(?: detail)?",
    rf"ipv6 neighbors{_VRF}(?: {_ADDRESS})?(?: detail)?",
    r"access-lists afi-all",
    rf"access-lists ipv[46](?: {_WORD})?(?: hardware (?:ingress|egress) location {_NODE})?",
    rf"lpts (?:pfib|pifib) hardware police{_LOCATION}",
    rf"drops np all{_LOCATION}",
    rf"asic-errors all (?:location {_NODE}|detail location {_NODE})",
    r"spanning-tree (?:mst|pvrst|mstag|pvrstag|pvstag)",
    rf"spanning-tree (?:mst|pvrst|mstag|pvrstag|pvstag) {_WORD}(?: blocked-ports| topology-change flushes)?",
    r"evpn (?:evi|ethernet-segment)(?: detail)?",
    r"evpn evi(?: vpn-id \d{1,8})? mac(?: detail)?",
    r"l2route evpn (?:mac|mac-ip) all",
    rf"l2vpn forwarding bridge-domain(?: {_WORD})? mac-address location {_NODE}",
)
_CONFIGURATION = (rf"interface {_INTERFACE}", r"router (?:bgp|ospf|ospfv3|isis)(?: [\w.]{1,40})?")

ALLOW = (
    *(re.compile(rf"show {family}") for family in _SHOW),
    re.compile(
        r"admin show (?:environment(?: all| power| fan| temperatures?| voltages?)?|inventory|platform)"
    ),
    *(re.compile(rf"show running-config {part}") for part in _CONFIGURATION),
)

QUESTIONS = {
    "interface.read": "show interfaces {interface}",
    "interface.configuration": "show running-config interface {interface}",
    "interface.errors": "show interfaces {interface}",
    "interface.fec": "show controllers {interface}",
    "optics.read": "show controllers {interface} phy",
    "optics.inventory": "show controllers {interface} phy",
    "lldp.neighbor": "show lldp neighbors {interface} detail",
    "lag.members": "show bundle {interface}",
    "queue.read": "show policy-map interface {interface}",
    "queue.configuration": "show qos interface {interface} output",
    "bgp.neighbor_detail": "show bgp neighbors {peer}",
    "bgp.neighbor_configuration": "show running-config router bgp",
    "bgp.received_routes": "show bgp neighbors {peer} received routes",
    "bgp.advertised_routes": "show bgp neighbors {peer} advertised-routes",
    "bgp.route": "show bgp {prefix} detail",
    "bgp.summary": "show bgp all all summary",
    "bfd.peer_detail": "show bfd all session destination {peer} detail",
    "ospf.interface": "show ospf interface {interface}",
    "isis.interface": "show isis interface {interface}",
    "ospf.neighbors": "show ospf vrf all-inclusive neighbor detail",
    "route.lookup": "show route {prefix}",
    "route.to_address": "show route {address}",
    "neighbor.table": "show arp {address}",
    "acl.counters": "show access-lists afi-all",
    "copp.counters": "show lpts pifib hardware police location all",
    "device.processes": "show processes cpu",
    "device.logs": "show logging last 300",
    "device.uptime": "show version",
    "device.environment": "admin show environment power",
    "device.memory": "show memory summary",
    "device.ntp": "show ntp associations",
    "device.changes": "show configuration commit list 20",
    "device.forwarding": "show route summary",
}

_LONG = {
    "be": "Bundle-Ether",
    "bp": "Bundle-POS",
    "bv": "BVI",
    "bvi": "BVI",
    "eh": "EightHundredGigE",
    "fh": "FourHundredGigE",
    "f": "FourHundredGigE",
    "th": "TwoHundredGigE",
    "hu": "HundredGigE",
    "h": "HundredGigE",
    "fi": "FiftyGigE",
    "fo": "FortyGigE",
    "tf": "TwentyFiveGigE",
    "te": "TenGigE",
    "ten": "TenGigE",
    "tengig": "TenGigE",
    "tengigabitethernet": "TenGigE",
    "gi": "GigabitEthernet",
    "gig": "GigabitEthernet",
    "g": "GigabitEthernet",
    "gige": "GigabitEthernet",
    "fa": "FastEthernet",
    "lo": "Loopback",
    "mg": "MgmtEth",
    "mgmt": "MgmtEth",
    "nu": "Null",
    "tt": "tunnel-te",
    "ti": "tunnel-ip",
    "tp": "tunnel-tp",
    "tm": "tunnel-mte",
    "po": "POS",
    "pt": "PTP",
    "pe": "PW-Ether",
    "pi": "PW-IW",
    "se": "Serial",
    "sr": "srp",
    "op": "Optics",
    "ng": "nVFabric-GigE",
    "nt": "nVFabric-TenGigE",
    "nh": "nVFabric-HundredGigE",
}
_FULL = {long.lower().replace("-", ""): long for long in _LONG.values()}
_NAME = re.compile(r"([A-Za-z][A-Za-z-]{0,30}?)-? ?(\d[\w/.:]{0,40})", re.ASCII)


@lru_cache(maxsize=16384)
def normalise_interface(name: str) -> str:
    """`Te0/0/0/1`, `gi 0/0/0/0`, `BE10.100` and `Mg0/RP0/CPU0/0` as XR writes them in full."""
    said = name.strip()
    found = _NAME.fullmatch(said)
    if not found:
        return said
    word = found[1].lower().replace("-", "")
    long = _LONG.get(word) or _FULL.get(word) or _begun(word)
    return f"{long}{found[2]}" if long else said


def _begun(word: str) -> str | None:
    """The one long name that a word of three letters or more begins (`bundle-eth`, `loop`)."""
    found = [long for full, long in _FULL.items() if full.startswith(word)] if len(word) > 2 else []
    return found[0] if len(found) == 1 else None
