"""What may be sent to a SONiC device: closed families of commands, none of which can change anything.

Every pattern matches a whole command. `show` of sonic-utilities only reads, but its words stand in closed
lists all the same: a name never begins with a dash, so that no option fits where one is not meant to.
"""

from __future__ import annotations

import re

from netdoctor.platforms.linux import readonly as linux

_PORT = r"[A-Za-z][\w./-]{0,31}"
_ADDRESS = r"(?=[^ ]*[.:])[0-9A-Fa-f][0-9A-Fa-f.:]{0,44}(?:/\d{1,3})?"
_NAME = r"[A-Za-z0-9_][\w.-]{0,63}"
_SCOPE = r"(?: -(?:d all|n [a-z0-9]{1,16}))?"

_SHOW = (
    r"version|uptime|clock|environment|reboot-cause(?: history)?|system-memory|ntp",
    r"platform (?:summary|syseeprom|inventory|fan|temperature|voltage|current|ssdhealth)",
    r"platform psustatus(?: --json)?",
    r"processes (?:cpu|memory)",
    r"system-health (?:detail|summary|monitor-list)",
    rf"interfaces (?:status|description|flap|portchannel)(?: {_PORT})?{_SCOPE}",
    r"interfaces (?:autoneg|fec) status",
    rf"interfaces counters(?: -a| errors| rates| rif| fec-stats)?{_SCOPE}",
    rf"interfaces counters (?:detailed|rif|fec-histogram) {_PORT}",
    r"interfaces (?:link-training|switchport) (?:status|config)",
    r"chassis modules (?:status|midplane-status)|vrf|mgmt-vrf(?: routes)?|management_interface address",
    rf"interfaces transceiver (?:eeprom(?: --dom)?|presence|status|pm)(?: {_PORT})?",
    rf"interfaces phy-signal {_PORT} feclock",
    r"(?:ip|ipv6) interfaces",
    rf"queue counters(?: {_PORT})?(?: --(?:all|voq|nonzero))?(?: --json)?",
    r"queue (?:persistent-)?watermark (?:unicast|multicast|all)",
    r"priority-group (?:drop counters|(?:persistent-)?watermark (?:shared|headroom))",
    r"pfc counters|pfcwd stats",
    rf"dropcounters counts|acl (?:table|rule)(?: {_NAME})?|flowcnt-trap stats",
    rf"lldp (?:table|neighbors)(?: {_PORT})?",
    rf"bfd (?:summary|peer (?:{_ADDRESS}|{_PORT}))",
    rf"mac(?: -[vp] {_NAME})?|vlan (?:brief|config)|arp(?: {_ADDRESS})?|ndp(?: {_ADDRESS})?",
    r"spanning-tree(?: statistics| bpdu_guard| vlan \d{1,4})?",
    r"runningconfiguration ntp|mclag brief|dhcp_relay ipv[46] helper",
    r"vxlan (?:remotevtep|vlanvnimap|vrfvnimap|tunnel|interface|remotevni all|remotemac all)",
    rf"ip fib(?: {_ADDRESS})?|ipv6 fib(?: {_ADDRESS})?",
    r"logging -l \d{1,4}",
    rf"(?:ip|ipv6) (?:bgp summary|bgp neighbors(?: {_ADDRESS})?|route(?: {_ADDRESS})?)",
)
_FAMILIES = (
    *(rf"show (?:{family})" for family in _SHOW),
    rf"aclshow -a(?: -t {_NAME} -r [\w,-]{{1,1100}})?",
    r"crm show resources all",
    r"portstat -fh",
    re.escape('sonic-db-dump -n CONFIG_DB -k "[PQS][OCU][RHE][TEU][_DE]*" -y'),
    rf"docker exec teamd teamdctl {_NAME} state dump",
    r"tail -n [1-9]\d{0,3} /var/log/syslog",
)

ALLOW = (
    *(re.compile(rf"(?:sudo -n )?(?:{family})", re.ASCII) for family in _FAMILIES),
    *linux.ALLOW,
)
