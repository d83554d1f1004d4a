"""What may be said to NX-OS: closed families of read-only commands.

A word is a keyword, a name, a number or an address; nothing else can stand in one, so that no pipe but
`| json` and no redirect fits.
"""

from __future__ import annotations

import re

_WORD = r"[A-Za-z0-9][\w./:%-]{0,63}"
_INTERFACE = r"[A-Za-z]{1,16}[-A-Za-z]{0,8} ?\d{1,5}(?:[/.:]\d{1,5}){0,4}"
_ADDRESS = r"(?=[^ ]*[.:])[0-9A-Fa-f][0-9A-Fa-f.:]{0,44}(?:%[A-Za-z0-9/.-]{1,32})?(?:/\d{1,3})?"
_PEER = rf"(?:{_ADDRESS}|{_INTERFACE})"
_VRF = rf"(?: vrf {_WORD})?"
_AFI = r"(?:all|ipv[46] (?:unicast|multicast|labeled-unicast)|vpnv[46] unicast|l2vpn evpn)"
_ROUTES = r"(?:received-routes|advertised-routes|routes)"
_JSON = r"(?: \| json(?: native)?)?"
_ON = rf"(?: {_INTERFACE})?"

_SHOW = (
    r"version",
    r"hostname",
    r"clock",
    r"module",
    r"inventory",
    r"system (?:resources|uptime|reset-reason)",
    r"system internal (?:kernel meminfo|processes memory)",
    r"processes cpu(?: sort)?",
    r"processes memory(?: shared)?",
    r"environment(?: (?:fan|power|temperature)(?: detail)?)?",
    r"logging last \d{1,4}",
    r"logging logfile",
    r"accounting log(?: \d{1,6})?",
    r"ntp (?:peer-status|peers|status)",
    r"feature",
    r"cores",
    rf"interface{_ON}(?: (?:status(?: err-disabled)?|description|brief|fec|trunk|capabilities|flowcontrol))?",
    rf"interface{_ON} counters(?: errors| detailed| brief)?",
    rf"interface{_ON} transceiver(?: details?)?",
    rf"interface(?: brief)?{_ON} priority-flow-control(?: detail)?",
    rf"queuing interface{_ON}",
    rf"(?:ip|ipv6) interface(?: brief)?{_ON}{_VRF}",
    rf"(?:lldp|cdp) neighbors(?: interface {_INTERFACE})?(?: detail)?",
    r"lldp traffic",
    rf"port-channel summary(?: interface {_INTERFACE})?",
    rf"lacp (?:neighbor|counters|port-channel)(?: interface {_INTERFACE})?",
    rf"lacp interface {_INTERFACE}",
    r"vpc(?: (?:brief|role|peer-keepalive|consistency-parameters global))?",
    rf"bfd neighbors{_VRF}(?: dest-ip {_ADDRESS})?(?: details)?",
    rf"bgp {_AFI}(?: (?:neighbors|summary))?{_VRF}",
    rf"(?:ip |ipv6 )?bgp(?: {_AFI})? neighbors {_PEER}(?: {_ROUTES})?{_VRF}",
    rf"(?:ip|ipv6) bgp(?: {_ADDRESS})?(?: summary| neighbors)?{_VRF}",
    rf"bgp {_AFI} {_ADDRESS}{_VRF}",
    rf"bgp sessions{_VRF}",
    rf"bgp l2vpn evpn(?: summary)?{_VRF}",
    rf"(?:ip ospf|ospfv3|ipv6 ospfv3){_VRF}",
    rf"(?:ip ospf|ospfv3|ipv6 ospfv3) (?:interface|neighbors)(?: brief)?{_ON}(?: detail)?{_VRF}",
    rf"isis (?:adjacency|interface)(?: detail)?{_ON}{_VRF}",
    rf"isis{_VRF}",
    rf"(?:ip|ipv6) route(?: {_ADDRESS}| summary)?(?: longer-prefixes)?{_VRF}",
    rf"forwarding ipv[46] route(?: {_ADDRESS})?{_VRF}",
    rf"ip arp(?: {_ADDRESS}| statistics)?{_VRF}",
    rf"ipv6 neighbor(?: {_ADDRESS})?{_VRF}",
    rf"mac address-table(?: (?:dynamic|vlan \d{{1,4}}|address [0-9a-f.:]{{1,17}}|interface {_INTERFACE}))?",
    r"vlan(?: brief| summary)?",
    r"spanning-tree(?: (?:detail|summary|root|blockedports|inconsistentports|issu-impact|mst(?: detail)?))?",
    rf"spanning-tree (?:interface {_INTERFACE}|vlan \d{{1,4}})(?: detail)?",
    r"nve (?:peers|vni)(?: detail)?",
    r"l2route evpn mac all",
    r"nve (?:ethernet-segment|interface nve \d{1,2} detail)",
    rf"access-lists(?: {_WORD})?",
    r"policy-map interface control-plane",
    r"hardware rate-limiter",
    rf"ip dhcp relay(?: statistics)?(?: interface {_INTERFACE})?",
)
_CONFIGURATION = (rf"interface {_INTERFACE}", r"(?:bgp|ospf)")

ALLOW = (
    *(re.compile(rf"show {family}{_JSON}") for family in _SHOW),
    *(re.compile(rf"show running-config {part}") for part in _CONFIGURATION),
)

QUESTIONS = {
    "interface.read": "show interface {interface} | json",
    "interface.configuration": "show running-config interface {interface}",
    "interface.errors": "show interface {interface} counters errors",
    "interface.fec": "show interface {interface} fec",
    "optics.read": "show interface {interface} transceiver details | json",
    "optics.inventory": "show interface {interface} transceiver | json",
    "lldp.neighbor": "show lldp neighbors interface {interface} detail | json",
    "lag.members": "show lacp neighbor interface {interface}",
    "queue.read": "show queuing interface {interface}",
    "queue.configuration": "show queuing interface {interface}",
    "bgp.neighbor_detail": "show bgp all neighbors {peer} vrf all",
    "bgp.neighbor_configuration": "show running-config bgp",
    "bgp.received_routes": "show bgp ipv4 unicast neighbors {peer} received-routes",
    "bgp.advertised_routes": "show bgp ipv4 unicast neighbors {peer} advertised-routes",
    "bgp.route": "show bgp all {prefix} vrf all",
    "bgp.summary": "show bgp all summary vrf all | json",
    "bfd.peer_detail": "show bfd neighbors details",
    "ospf.interface": "show ip ospf interface {interface} | json",
    "isis.interface": "show isis interface {interface}",
    "ospf.neighbors": "show ip ospf neighbors detail vrf all | json",
    "route.lookup": "show ip route {prefix} vrf all | json",
    "route.to_address": "show ip route {address} vrf all | json",
    "neighbor.table": "show ip arp {address} vrf all | json",
    "acl.counters": "show access-lists",
    "copp.counters": "show policy-map interface control-plane",
    "device.processes": "show processes cpu | json",
    "device.logs": "show logging last 100",
    "device.uptime": "show version",
    "device.environment": "show environment | json",
    "device.memory": "show system resources | json",
    "device.ntp": "show ntp peer-status | json",
    "device.changes": "show accounting log 40000",
    "device.forwarding": "show ip route summary vrf all",
}
