"""How Junos is spoken to: MX, PTX, EX, QFX and SRX."""

from __future__ import annotations

import re

from netdoctor.platforms.base import Dialect, Recognition, Refusal

TITLE = "Juniper Junos"

DIALECT = Dialect(
    mode="exec",
    # `{master:0}` stands on a line of its own before the prompt; in configuration mode it is `[edit]`.
    prompt=re.compile(r"(?:^|\n)(?:[\w.-]+@)?[\w.:-]+[>#] ?$"),
    paging_off=("set cli screen-length 0", "set cli screen-width 0", "set cli complete-on-space off"),
    pager=re.compile(r"---\(more(?: \d+%)?\)---\s*$"),
    refusals=(
        Refusal(
            re.compile(r"^(?:error: )?permission denied|insufficient privileges", re.M | re.I),
            "not_authorised",
        ),
        Refusal(re.compile(r"^error: (?:access denied|no permission)", re.M | re.I), "not_authorised"),
        Refusal(
            re.compile(
                r"^\s*\^\s*\n\s*(?:syntax error|unknown command|missing argument|invalid |'[^']*' is "
                r"ambiguous)",
                re.M | re.I,
            ),
            "unsupported",
        ),
        Refusal(
            re.compile(
                r"^(?:error: )?(?:unknown command|syntax error|missing argument|invalid (?:command|"
                r"character))\b",
                re.M | re.I,
            ),
            "unsupported",
        ),
        Refusal(
            re.compile(
                r"^error: (?:command is not valid on|(?:the )?(?!routing )[\w.-]+ subsystem (?:is )?not "
                r"running|could not find \S+ daemon|unsupported|operation not supported|not supported)",
                re.M | re.I,
            ),
            "unsupported",
        ),
    ),
    max_channels=4,
    recognise_by="show version",
    recognitions=(
        Recognition("banner", re.compile(r"^--- JUNOS \d", re.M)),
        Recognition(
            "prompt",
            re.compile(r"\{(?:master|backup|linecard|primary|secondary)(?::\w+)?\}\s*\n\S+@\S+[>#]\s*$"),
        ),
        Recognition(
            "output",
            re.compile(
                r"^\s*JUNOS \w[\w -]{0,60} \[|^\s*Junos: \d\d?\.\d|^--- JUNOS \d|"
                r"<software-information>|\"software-information\"",
                re.M,
            ),
        ),
    ),
)
"""Every command starts a command-line process on the routing engine: four at once are enough for it.
The only words of `set` are those of paging, which change this session alone."""

# Closed families of read-only commands. A word is a keyword, a name, a number or an address; nothing else
# can stand in one, so that no pipe but `| display json`, `| display xml` and `| no-more` fits.
_WORD = r"[A-Za-z0-9][\w.:-]{0,63}"
_INTERFACE = r"[A-Za-z]{2,12}(?:-\d{1,3}/\d{1,3}/\d{1,3}(?::\d{1,3})?|\d{0,5})(?:\.\d{1,10})?"
_ADDRESS = r"(?=[^ ]*[.:])[0-9A-Fa-f][0-9A-Fa-f.:]{0,44}(?:%[A-Za-z0-9/.:-]{1,32})?(?:/\d{1,3})?"
_PEER = rf"(?:{_ADDRESS}|{_INTERFACE})"
_INSTANCE = rf"(?: instance {_WORD})?"
_TABLE = rf"(?: table {_WORD})?"
_SLOT = r"(?: \d{1,3})?"
_DETAIL = r"(?: (?:brief|terse|summary|detail|extensive|standard))?"

_SHOW = (
    rf"version{_DETAIL}",
    r"system uptime",
    r"system (?:alarms|commit|memory|storage|core-dumps|license|buffers|switchover|queues|connections)",
    r"system processes(?: (?:summary|extensive|brief|detail))?",
    r"system (?:statistics|users)(?: (?:arp|bfd|icmp|icmp6|ip|ip6|tcp|udp|bridge))?",
    rf"chassis hardware{_DETAIL}",
    r"chassis hardware (?:clei-models|models)",
    rf"chassis environment(?: (?:cb|fpc|pem|psu|psm|fan|routing-engine|sib|power-supply-unit){_SLOT})?",
    rf"chassis (?:alarms|fan|firmware|led|location|mac-addresses|routing-engine{_SLOT}|"
    r"temperature-thresholds|zones)",
    rf"chassis (?:fpc|power|craft-interface|sib|pic)(?: (?:detail|pic-status|{_WORD})){{0,4}}",
    r"chassis (?:fabric (?:summary|plane|fpcs|errors|topology)|cluster (?:status|interfaces|"
    r"statistics|information))",
    r"chassis pic fpc-slot \d{1,3} pic-slot \d{1,3}",
    rf"interfaces(?: {_INTERFACE})?(?: (?:brief|terse|detail|extensive|media|statistics|descriptions|"
    r"routing))?",
    r"interfaces (?:terse|descriptions|diagnostics optics|queue|routing|statistics|extensive|media|"
    rf"filters|policers|mac-database)(?: {_INTERFACE})?(?: (?:egress|ingress|detail))?",
    rf"interfaces {_INTERFACE} (?:queue|switch-port \d{{1,3}})",
    rf"class-of-service interface(?: {_INTERFACE})?(?: (?:detail|comprehensive))?",
    r"class-of-service (?:scheduler-map|shared-buffer|forwarding-class|congestion-notification|drop-profile)",
    rf"lldp(?: (?:detail|local-information|neighbors(?: interface {_INTERFACE})?(?: detail)?|statistics"
    rf"(?: interface {_INTERFACE})?))?",
    rf"lacp (?:interfaces|statistics interfaces|timeouts)(?: {_INTERFACE})?(?: extensive)?",
    rf"bfd session(?: address {_PEER}| client {_WORD}| prefix {_ADDRESS})?(?: (?:detail|extensive|summary))?",
    rf"bgp summary(?: group {_WORD})?{_INSTANCE}",
    rf"bgp (?:neighbor|group)(?: (?:{_ADDRESS}|{_WORD}))?{_INSTANCE}{_DETAIL}",
    rf"ospf3? (?:neighbor|interface|overview|statistics|database|route)(?: (?:{_ADDRESS}|{_INTERFACE}|"
    rf"router|network|summary))?{_INSTANCE}{_DETAIL}",
    rf"isis (?:adjacency|interface|overview|statistics|database|hostname|spf)(?: (?:{_INTERFACE}|"
    rf"{_WORD}))?{_INSTANCE}{_DETAIL}",
    rf"route(?: {_ADDRESS})?(?: (?:exact|best|longer))?{_TABLE}(?: protocol {_WORD})?(?: active-path)"
    rf"?{_DETAIL}",
    rf"route (?:summary|instance(?: {_WORD})?){_DETAIL}",
    rf"route summary{_TABLE}",
    rf"route table {_WORD}(?: {_ADDRESS})?(?: (?:exact|longer))?{_DETAIL}",
    rf"route (?:receive|advertising)-protocol bgp {_PEER}(?: {_ADDRESS})?(?: (?:exact|longer))"
    rf"?{_TABLE}{_DETAIL}",
    rf"route forwarding-table(?: destination {_ADDRESS})?{_TABLE}(?: family {_WORD})?(?: vpn {_WORD})"
    rf"?{_DETAIL}",
    r"route forwarding-table summary",
    rf"arp(?: no-resolve)?(?: expiration-time)?(?: (?:interface {_INTERFACE}|hostname {_ADDRESS}|vpn "
    rf"{_WORD}))?(?: expiration-time)?(?: no-resolve)?",
    rf"ipv6 (?:neighbors|router-advertisement)(?: interface {_INTERFACE})?",
    r"ethernet-switching (?:table|interfaces?|mac-learning-log|statistics|mac-ip-table)(?: "
    rf"(?:interface )?{_INTERFACE})?(?: vlan-id \d{{1,4}})?(?: {_WORD})?{_DETAIL}",
    rf"ethernet-switching vxlan-tunnel-end-point (?:remote|source|esi)(?: (?:ip {_ADDRESS}|summary|"
    r"mac-table|vtep-source-interface))?",
    rf"(?:bridge|vpls) (?:mac-table|domain|statistics)(?: {_WORD})?{_DETAIL}",
    rf"vlans(?: {_WORD})?{_DETAIL}",
    r"spanning-tree (?:bridge|interface|statistics(?: (?:bridge|interface))?|mstp configuration)(?: "
    rf"{_INTERFACE})?{_DETAIL}",
    r"evpn (?:instance|database|l3-context|ip-prefix-database|mac-ip-table|statistics|"
    rf"peer-gateway-macs|vpws-instance|arp-table|nd-table)(?: {_WORD})?(?: (?:esi|esi-info|mac-address "
    rf"{_ADDRESS}))?{_DETAIL}",
    r"mac-vrf (?:forwarding|routing) (?:mac-table|vlans|interface|instance|database|"
    rf"vxlan-tunnel-end-point (?:remote|source))(?: {_WORD})?{_DETAIL}",
    r"(?:iccp|interfaces mc-ae)(?: (?:id \d{1,5}|extensive|brief))?",
    r"ntp (?:associations|status)(?: no-resolve)?",
    rf"firewall(?: (?:filter|counter) {_WORD})?(?: (?:filter|counter) {_WORD})?(?: terse)?",
    r"firewall log(?: detail)?",
    rf"policer(?: {_WORD})?",
    r"ddos-protection statistics",
    rf"ddos-protection protocols(?: {_WORD}){{0,2}}(?: (?:statistics|violations|parameters|brief|terse|"
    r"detail))?(?: (?:terse|brief|detail))?",
    r"ddos-protection protocols violations",
    r"pfe statistics (?:traffic|error|exceptions|ip|notification)(?: fpc \d{1,3})?",
    r"log messages \| last \d{1,4}",
    r"log (?:messages|interactive-commands|chassisd|dcd|rpd)",
    rf"dhcp(?:v6)? relay (?:statistics|binding)(?: {_WORD})?{_DETAIL}",
    r"(?:dhcp|dhcp-security) (?:server|relay|arp-inspection|binding)(?: (?:statistics|binding))?(?: "
    rf"{_WORD})?",
    rf"vrrp(?: (?:summary|track|interface {_INTERFACE}))?{_DETAIL}",
    r"task (?:memory|replication|statistics)",
    r"krt (?:queue|state)",
    rf"ppm (?:adjacencies|transmissions)(?: protocol {_WORD})?{_DETAIL}",
    r"security (?:flow session summary|monitoring(?: fpc \d{1,3})?|alarms)",
    r"virtual-chassis(?: (?:status|vc-port))?",
)
_CONFIGURATION = (
    rf"interfaces {_INTERFACE}",
    r"protocols (?:bgp|ospf|ospf3|isis|bfd|lldp|lacp|rstp|mstp|vstp)",
    r"class-of-service interfaces",
    rf"firewall(?: family inet6?)?(?: filter {_WORD})?",
    r"forwarding-options dhcp-relay",
)
_PIPES = r"(?: \| display (?:json|xml))?(?: \| no-more)?"

ALLOW = (
    *(re.compile(rf"show {family}{_PIPES}") for family in _SHOW),
    *(
        re.compile(rf"show configuration {part}(?: \| display set)?(?: \| no-more)?")
        for part in _CONFIGURATION
    ),
)

_J = " | display json | no-more"
QUESTIONS = {
    "interface.read": "show interfaces {interface} extensive" + _J,
    "interface.configuration": "show configuration interfaces {interface} | no-more",
    "interface.errors": "show interfaces {interface} extensive" + _J,
    "interface.fec": "show interfaces {interface} extensive" + _J,
    "optics.read": "show interfaces diagnostics optics {interface}" + _J,
    "optics.inventory": "show chassis hardware" + _J,
    "lldp.neighbor": "show lldp neighbors interface {interface}" + _J,
    "lag.members": "show lacp interfaces {interface}" + _J,
    "queue.read": "show interfaces queue {interface}" + _J,
    "queue.configuration": "show class-of-service interface {interface} | no-more",
    "bgp.neighbor_detail": "show bgp neighbor {peer}" + _J,
    "bgp.neighbor_configuration": "show configuration protocols bgp | no-more",
    "bgp.received_routes": "show route receive-protocol bgp {peer}" + _J,
    "bgp.advertised_routes": "show route advertising-protocol bgp {peer}" + _J,
    "bgp.route": "show route {prefix} exact detail" + _J,
    "bgp.summary": "show bgp summary" + _J,
    "bfd.peer_detail": "show bfd session address {peer} extensive" + _J,
    "ospf.interface": "show ospf interface {interface} detail" + _J,
    "isis.interface": "show isis interface {interface} detail" + _J,
    "ospf.neighbors": "show ospf neighbor instance all detail" + _J,
    "route.lookup": "show route {prefix} detail" + _J,
    "route.to_address": "show route {address} detail" + _J,
    "neighbor.table": "show arp hostname {address} no-resolve" + _J,
    "acl.counters": "show firewall" + _J,
    "copp.counters": "show ddos-protection protocols violations" + _J,
    "device.processes": "show system processes extensive | no-more",
    "device.logs": "show log messages | last 200 | no-more",
    "device.uptime": "show system uptime" + _J,
    "device.environment": "show chassis environment" + _J,
    "device.memory": "show chassis routing-engine" + _J,
    "device.ntp": "show ntp associations no-resolve | no-more",
    "device.changes": "show system commit" + _J,
    "device.forwarding": "show route forwarding-table summary" + _J,
}

_NAME = re.compile(r"([a-z]{2,8}-\d+/\d+/\d+(?::\d+)?|[a-z]{2,8}\d+)(\.\d+)?", re.ASCII)


def normalise_interface(name: str) -> str:
    """Junos has one form of a name, in lower case: `XE-0/0/0` is `xe-0/0/0`; a comment behind it goes."""
    found = _NAME.fullmatch(name.strip().lower().rstrip(","))
    return f"{found[1]}{found[2] or ''}" if found else name.strip()
