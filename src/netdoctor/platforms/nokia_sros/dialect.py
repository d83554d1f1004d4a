"""How Nokia SR OS is spoken to: the classic CLI and the MD-CLI, whose `show` commands are the same."""

from __future__ import annotations

import re

from netdoctor.platforms.base import Dialect, Recognition, Refusal

TITLE = "Nokia SR OS"

DIALECT = Dialect(
    mode="shell",
    prompt=re.compile(
        r"(?:^|\n)(?:[!*]{0,2}(?:\(\w{1,4}\))?\[[^\]\n]*\][^\n]*\n+)?"
        r"[!*]{0,2}[A-Z]:[\w.@:-]{1,80}(?:>[\w>\"()./-]*)?[#$]\s*$"
    ),
    paging_off=("environment no more", "environment more false", "environment console width 512"),
    pager=re.compile(r"Press any key to continue \(Q to quit\)\s*$"),
    refusals=(
        Refusal(
            re.compile(
                r"authorization fail|not authorized|insufficient (?:privilege|permission)"
                r"|Command not allowed for this user|permission denied",
                re.I,
            ),
            "not_authorised",
        ),
        Refusal(
            re.compile(r"^(?:MINOR|MAJOR): (?:CLI|MGMT_\w+) #\d+(?!.*\bis not (?:configured|enabled))", re.M),
            "unsupported",
        ),
        Refusal(
            re.compile(
                r"^Error: (?:Bad command|Invalid parameter|Missing parameter|Ambiguous command)", re.M
            ),
            "unsupported",
        ),
        Refusal(re.compile(r"^\s*\^\s*$\s*Error:|^Error: Invalid element", re.M), "unsupported"),
    ),
    max_channels=1,
    recognise_by="show version",
    recognitions=(
        Recognition("output", re.compile(r"\bTiMOS-[A-Z]+-\d")),
        Recognition(
            "banner", re.compile(r"\bTiMOS-[A-Z]+-\d|\bNokia 7[2479]\d0 |\bALCATEL (?:SR|ESS|XRS) 7\d50\b")
        ),
    ),
)
"""The classic CLI knows `environment no more`, the MD-CLI `environment more false`: what the other one does
not know is answered with an error, and does nothing. `show` commands are the same in both; `info json /state`
is the MD-CLI's alone, and refused by the classic one."""

_WORD = r"[A-Za-z0-9][\w./:-]{0,63}"
_NAME = rf"(?:{_WORD}|\"[A-Za-z0-9][\w ./:-]{{0,63}}\")"
_PORT = r"(?:[A-Za-z]{1,6}-)?[A-Za-z0-9]{1,4}(?:[/.][A-Za-z]?\d{1,3}){0,4}(?:\.[ab])?"
_ADDRESS = r"(?=[^ ]*[.:])[0-9A-Fa-f][0-9A-Fa-f.:]{0,44}(?:/\d{1,3})?"
_ROUTER = r"router(?: (?:Base|management|\"(?:Base|management|\w[\w ./:-]{0,63})\"|\d{1,10}))?"
_FAMILY = r"(?: (?:ipv4|ipv6|vpn-ipv4|vpn-ipv6|evpn|label-ipv4|label-ipv6))?"

_SHOW = (
    "version",
    "uptime",
    "time",
    "system (?:information|cpu|memory-pools|time|alarms|security ssh|connections)",
    "system ntp(?: all| peers| servers| detail)?",
    "system lldp(?: neighbor)?",
    "chassis(?: detail| environment| power-supply| power-management utilization(?: detail)?)?",
    r"card(?: \d{1,2}| state| detail)?",
    r"mda(?: \d{1,2}(?:/\d{1,2})?)?(?: detail)?",
    rf"port(?: {_PORT})?(?: (?:detail|description|statistics|optical|ethernet|ethernet lldp remote-info "
    rf"detail))?",
    r"lag(?: (?:\d{1,3}|\"?lag-\d{1,3}\"?))?(?: (?:detail|port|description|statistics|lacp-statistics))?",
    rf"{_ROUTER} bgp summary(?: all)?(?: family{_FAMILY})?",
    rf"{_ROUTER} bgp neighbor(?: {_ADDRESS})?(?: (?:detail|received-routes|advertised-routes))?",
    rf"{_ROUTER} bgp routes{_FAMILY}(?: {_ADDRESS})?(?: (?:detail|hunt))?",
    rf"{_ROUTER} bfd (?:session(?: detail| summary)?|interface)",
    rf"{_ROUTER} (?:ospf|ospf3)(?: \d{{1,3}})? (?:neighbor|interface|status)(?: {_NAME})?(?: detail)?",
    rf"{_ROUTER} isis(?: \d{{1,3}})? (?:adjacency|interface|status)(?: {_NAME})?(?: detail)?",
    rf"{_ROUTER} interface(?: {_NAME})?(?: detail)?",
    rf"{_ROUTER} route-table(?: (?:summary|ipv4|ipv6))?(?: {_ADDRESS})?(?: extensive)?",
    rf"{_ROUTER} fib \d{{1,2}}(?: (?:summary|ipv4|ipv6))?(?: {_ADDRESS})?",
    rf"{_ROUTER} (?:arp|neighbor)(?: (?:{_ADDRESS}|dynamic|static|{_NAME}))?",
    rf"{_ROUTER} dhcp6? statistics",
    r"service (?:fdb-mac|service-using|sap-using)",
    rf"service id {_NAME} (?:base|fdb detail|stp|stp detail|bgp-evpn|vxlan|vxlan destinations|arp)",
    rf"service id {_NAME} sap {_PORT}(?::[\d.]{{1,12}})?(?: (?:detail|stats))?",
    r"service system bgp-evpn ethernet-segment(?: name \"[\w .-]{1,64}\")?(?: detail)?",
    r"log log-id (?:99|100|\d{1,3})(?: count \d{1,4})?",
    rf"filter (?:ip|ipv6)(?: {_NAME})?(?: counters)?",
    r"system security (?:cpm-filter (?:ip|ipv6)-filter(?: entry \d{1,5})?|cpu-protection|"
    r"dist-cpu-protection violators enforcement)",
    "users",
)
_STATE = (
    r'router "Base" bgp neighbor \*',
    r'router "Base" (?:interface|ospf|ospf3|isis) \*',
    r'router "Base" route-table',
    r'router "Base" bgp rib',
    r"port \* (?:statistics|transceiver|ethernet (?:lldp|statistics))",
    r"chassis \*",
    "system(?: current-time)?",
)

ALLOW = (
    *(re.compile(rf"show {family}") for family in _SHOW),
    *(re.compile(rf"info json /state {family}") for family in _STATE),
)

QUESTIONS = {
    "interface.read": "show port {interface} detail",
    "interface.configuration": "show port {interface}",
    "interface.errors": "show port {interface} detail",
    "interface.fec": "show port {interface} detail",
    "optics.read": "show port {interface} detail",
    "optics.inventory": "show port {interface}",
    "lldp.neighbor": "show port {interface} ethernet lldp remote-info detail",
    "lag.members": "show lag port",
    "queue.read": "show port {interface} detail",
    "queue.configuration": "show port {interface} detail",
    "bgp.neighbor_detail": "show router bgp neighbor {peer}",
    "bgp.neighbor_configuration": "show router bgp neighbor {peer} detail",
    "bgp.received_routes": "show router bgp neighbor {peer} received-routes",
    "bgp.advertised_routes": "show router bgp neighbor {peer} advertised-routes",
    "bgp.route": "show router bgp routes {prefix} detail",
    "bgp.summary": "show router bgp summary all",
    "bfd.peer_detail": "show router bfd session detail",
    "ospf.interface": "show router ospf interface detail",
    "isis.interface": "show router isis interface detail",
    "ospf.neighbors": "show router ospf neighbor detail",
    "route.lookup": "show router route-table {prefix} extensive",
    "route.to_address": "show router route-table {address}",
    "neighbor.table": "show router arp {address}",
    "acl.counters": "show system security cpm-filter ip-filter",
    "copp.counters": "show system security cpm-filter ip-filter",
    "device.processes": "show system cpu",
    "device.logs": "show log log-id 99",
    "device.uptime": "show system information",
    "device.environment": "show chassis",
    "device.memory": "show system memory-pools",
    "device.ntp": "show system ntp all",
    "device.changes": "show system information",
    "device.forwarding": "show router route-table summary",
}


def normalise_interface(name: str) -> str:
    """`LAG 5` and `Lag-5` are `lag-5`, `port 1/1/C1/1` is `1/1/c1/1`; an interface's own name stays."""
    said = name.strip().strip('"')
    if found := re.fullmatch(r"lag[- ]?(\d{1,3}(?::[\w.*]+)?)", said, re.I):
        return f"lag-{found[1]}"
    said = re.sub(r"^port +", "", said, flags=re.I)
    if re.fullmatch(r"\d{1,2}(?:/[cmxu]?\d{1,3}){2,4}", said, re.I):
        return said.lower()
    return said
