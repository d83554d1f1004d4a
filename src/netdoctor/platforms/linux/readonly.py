"""What may be sent to a Linux router: closed families of commands, none of which can change anything.

Every pattern matches a whole command. Options stand in closed lists, because many tools have one that
writes (`ip -batch`, `ss -K`, `date -s`, `journalctl --vacuum-size`); a name or an address never begins
with a dash.
"""

from __future__ import annotations

import re

_NAME = r"[A-Za-z0-9_][\w.:@+-]{0,30}"
_IPV4 = r"\d{1,3}(?:\.\d{1,3}){3}"
_ADDRESS = rf"(?:{_IPV4}|[0-9A-Fa-f:]{{2,39}}(?:{_IPV4})?)(?:%[\w.-]{{1,15}})?(?:/\d{{1,3}})?"
_NUMBER = r"[1-9]\d{0,3}"

# vtysh parses its words itself; `show` reads in every FRR daemon. No pipe, no quote and no `?` fits.
_SHOW = r"show(?: [\w:*][\w./:*,%-]*)+"
_VTYSH = rf"""vtysh(?: -c (?:"{_SHOW}"|'{_SHOW}'))+"""

_IP_OPTIONS = r"(?: -(?:j|json|s|d|p|o|br|4|6))*"
_IP_OBJECTS = r"(?:link|address|addr|neighbor|neigh|route|rule|nexthop|vrf|tunnel|maddress|mroute)"
_IP_WORDS = r"(?: [A-Za-z0-9_:][\w.:@+/%-]{0,63})*"
_OUR_FILES = (
    "/etc/os-release",
    "/etc/hostname",
    "/etc/frr/daemons",
    "/proc/cpuinfo",
    "/proc/interrupts",
    "/proc/loadavg",
    "/proc/meminfo",
    "/proc/stat",
    "/proc/uptime",
    "/proc/version",
    "/proc/net/arp",
    "/proc/net/dev",
    "/proc/net/netstat",
    "/proc/net/snmp",
    "/proc/net/snmp6",
    "/proc/net/softnet_stat",
    "/proc/net/unix",
    r"/proc/net/bonding/\w[\w.-]{0,14}",
    "/proc/sys/net/ipv4/ip_forward",
    r"/proc/sys/net/ipv4/conf/[\w.-]{1,15}/(?:forwarding|rp_filter)",
    "/proc/sys/net/ipv6/conf/all/forwarding",
    "/sys/devices/system/cpu/online",
    r"/sys/class/net/[\w.-]{1,15}/(?:carrier_changes|operstate|speed|duplex|mtu)",
)
_LOG_FILES = ("/var/log/frr/frr.log", "/var/log/syslog", "/var/log/messages")
_FILE = f"(?:{'|'.join(_OUR_FILES)})"
_LOG = f"(?:{'|'.join(_LOG_FILES)})"
_ETHTOOL = "(?:-m|-S|-i|-a|-g|-k|--module-info|--statistics|--driver|--show-fec)"
_FORMAT = "(?: -f (?:json|json0|plain))?"
_PRIORITY = "(?:err|warning|notice)"
_CHRONY = "(?:sources|sourcestats|tracking|activity)"
_BGP_SOCKETS = r"""(?:"\( sport = :179 or dport = :179 \)"|'\( sport = :179 or dport = :179 \)')"""

_FAMILIES = (
    _VTYSH,
    rf"ip{_IP_OPTIONS} {_IP_OBJECTS} (?:show|list){_IP_WORDS}",
    rf"ip{_IP_OPTIONS} (?:route|neigh) get {_ADDRESS}{_IP_WORDS}",
    rf"tc(?: -(?:s|j|d|p))* (?:qdisc|class|filter) show(?: dev {_NAME})?(?: (?:root|ingress|egress))?",
    rf"bridge(?: -(?:s|j|d|p))* (?:link|fdb|vlan|mdb) show(?: (?:dev|br) {_NAME})?",
    rf"ethtool(?: --json)?(?: -I)?(?: {_ETHTOOL})? {_NAME}",
    rf"lldpcli{_FORMAT} show (?:neighbors|interfaces|statistics)(?: (?:details|summary))?(?: ports {_NAME})?",
    rf"lldpctl{_FORMAT}",
    r"nft(?: -(?:j|a|n|s))* list (?:ruleset|tables|counters)",
    r"ipvsadm -L -n",
    rf"ss(?: -[HtnaulpiemosxW46]{{1,12}})*(?: state (?:all|listening|established))?(?: {_BGP_SOCKETS})?",
    rf"cat {_FILE}(?: {_FILE})*",
    rf"head -v -n {_NUMBER} {_FILE}(?: {_FILE})*",
    rf"tail -n {_NUMBER} {_LOG}",
    r"ls(?: -l)? (?:/var)?/run/frr",
    rf"journalctl -o (?:json|short-iso) -n {_NUMBER} --no-pager(?: -k)?(?: -p {_PRIORITY})?(?: -t {_NAME})*",
    rf"chronyc(?: -(?:c|n|m))* {_CHRONY}(?: {_CHRONY})*",
    r"ntpq -(?:p|pn)",
    r"timedatectl(?: (?:show|status))?",
    r"date -u \+[%A-Za-z0-9:.TZ-]+",
    r"uname -[asnrvm]{1,6}",
    r"hostname(?: -f)?|hostnamectl(?: status)?|mpstat|vmstat",
    rf"ifconfig(?: -a| {_NAME})?",
    r"ip6?tables(?: -t (?:filter|raw|mangle|nat))? (?:-nvL|-L -n -v)",
    r"net show (?:clag|lldp) json",
    r"uptime|free(?: -[bkmh])?|nproc|lscpu",
    r"netstat -(?:i|in|rn)|route -n",
    r"sensors(?: -j)?",
    r"top -b -n [1-3](?: -d [1-5])?(?: -w \d{2,3})?",
    rf"ping -c [1-9] -W [1-5](?: -M do -s \d{{1,5}})? {_ADDRESS}",
)

# A program of /usr/sbin, which sshd leaves out of a plain user's path on Debian, may be named in full.
ALLOW = tuple(re.compile(rf"(?:sudo -n |/usr/sbin/)?(?:{family})", re.ASCII) for family in _FAMILIES)
