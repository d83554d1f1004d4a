"""What log lines of FRR and the kernel are about: the first pattern that is found in one says it."""

from __future__ import annotations

import re
from typing import Final

from netdoctor.model.facts.system import LogKind

_PEER = r"(?P<peer>[^\s(]+)(?:\([^)]*\))?"
_ADDRESS = r"\d{1,3}(?:\.\d{1,3}){3}|[0-9a-fA-F]*:[0-9a-fA-F:]+"
_PORT = r"(?P<interface>[\w.@-]{1,15})"

_PATTERNS: Final[tuple[tuple[LogKind, str], ...]] = (
    ("bgp_up", rf"%ADJCHANGE: neighbor {_PEER} in vrf \S+ Up"),
    ("bgp_down", rf"%ADJCHANGE: neighbor {_PEER} in vrf \S+ Down"),
    ("bgp_prefix_limit", rf"%MAXPFX\w*: .* received from {_PEER}"),
    ("bgp_prefix_limit", rf"%NOTIFICATION[^:]*: \w+ (?:to|from) neighbor {_PEER} 6/1 "),
    ("other", rf"%NOTIFICATION[^:]*: \w+ (?:to|from) neighbor {_PEER} "),
    ("bgp_auth_failure", rf"TCP: MD5 Hash [^\d(\[]*[(\[]?(?P<peer>{_ADDRESS})"),
    ("ospf_change", rf"AdjChg: Nbr \S+ .*on {_PORT}:"),
    ("isis_change", rf"%ADJCHANGE: Adjacency to \S+ \({_PORT}\)"),
    ("other", rf"MTU \d+ is larger than \[{_PORT}:"),
    ("other", rf"interface {_PORT}:[\d.]+: ospf_read "),
    ("bfd_down", r"state-change: \[.*peer:(?P<peer>[\d.a-fA-F:]+).*\] up -> down"),
    ("bfd_up", r"state-change: \[.*peer:(?P<peer>[\d.a-fA-F:]+).*\] \w+ -> up"),
    ("duplicate_address", rf"{_PORT}: IPv6 duplicate address"),
    ("mac_move", rf"received packet on {_PORT} with own address as source"),
    ("link_down", rf"(?:\(slave |for interface ){_PORT}\)?: link status definitely down"),
    ("link_up", rf"(?:\(slave |for interface ){_PORT}\)?: link status definitely up"),
    ("link_down", rf"status definitely down for interface {_PORT}"),
    ("link_up", rf"status definitely up for interface {_PORT}"),
    ("link_down", rf"{_PORT}(?:: NIC|:| NIC) [Ll]ink (?:is )?(?:[Dd]own|DOWN)\b"),
    ("link_up", rf"{_PORT}(?:: NIC|:| NIC) [Ll]ink (?:is )?(?:[Uu]p|UP)\b"),
    ("link_up", rf"ADDRCONF\(NETDEV_CHANGE\): {_PORT}: link becomes ready"),
    ("out_of_memory", r"Out of memory|oom-kill|Cannot allocate memory"),
    ("table_full", r"[Nn]eighbou?r(?: table|: \w+ table|: table) overflow|nf_conntrack: table full"),
    ("hardware_error", r"\bMCE\b|Hardware Error|EDAC .*\b[CU]E\b|PCIe Bus Error"),
    ("process_crash", r"state -> (?:down|unresponsive)|Received signal \d+|segfault at|Assertion .*failed"),
    ("reload", r"^Linux version \d"),
)
_MAX_LENGTH: Final = 2000
_COMPILED = tuple((kind, re.compile(pattern)) for kind, pattern in _PATTERNS)


def meaning(said: str) -> tuple[LogKind, dict[str, str]]:
    """The kind of event, and the `interface` or `peer` that the line names."""
    for kind, pattern in _COMPILED:
        if found := pattern.search(said, 0, _MAX_LENGTH):
            return kind, {name: value for name, value in found.groupdict().items() if value}
    return "other", {}
