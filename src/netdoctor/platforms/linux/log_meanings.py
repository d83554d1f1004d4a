"""What log lines of FRR and the kernel are about: the first pattern that is found in one says it."""

from __future__ import annotations

import re
from typing import Final

from netdoctor.model.facts.system import LogKind

_PEER = r"(?P<peer>[^\s(]+)(?:\([^)]*\))?"
_ADDRESS = r"\d{1,3}(?:\.\d{1,3}){3}|[0-9a-fA-F]*:[0-9a-fA-F:]+"
_PORT = r"(?P<interface>[\w.@-]{1,15})"

_PATTERNS: Final[tuple[tuple[LogKind, str, str], ...]] = (
    ("bgp_up", "%ADJCHANGE: n", rf"%ADJCHANGE: neighbor {_PEER} in vrf \S+ Up"),
    ("bgp_down", "%ADJCHANGE: n", rf"%ADJCHANGE: neighbor {_PEER} in vrf \S+ Down"),
    ("bgp_prefix_limit", "%MAXPFX", rf"%MAXPFX\w*: .* received from {_PEER}"),
    ("bgp_prefix_limit", "%NOTIFICATION", rf"%NOTIFICATION[^:]*: \w+ (?:to|from) neighbor {_PEER} 6/1 "),
    ("other", "%NOTIFICATION", rf"%NOTIFICATION[^:]*: \w+ (?:to|from) neighbor {_PEER} "),
    ("bgp_auth_failure", "TCP: MD5 Hash ", rf"TCP: MD5 Hash [^\d(\[]*[(\[]?(?P<peer>{_ADDRESS})"),
    ("ospf_change", "AdjChg: Nbr ", rf"AdjChg: Nbr \S+ .*on {_PORT}:"),
    ("isis_change", "%ADJCHANGE: A", rf"%ADJCHANGE: Adjacency to \S+ \({_PORT}\)"),
    ("other", " is larger than ", rf"MTU \d+ is larger than \[{_PORT}:"),
    ("other", ": ospf_read ", rf"interface {_PORT}:[\d.]+: ospf_read "),
    ("bfd_down", "state-change: ", r"state-change: \[.*peer:(?P<peer>[\d.a-fA-F:]+).*\] up -> down"),
    ("bfd_up", "state-change: ", r"state-change: \[.*peer:(?P<peer>[\d.a-fA-F:]+).*\] \w+ -> up"),
    ("duplicate_address", ": IPv6 duplicate", rf"{_PORT}: IPv6 duplicate address"),
    ("mac_move", "with own address", rf"received packet on {_PORT} with own address as source"),
    ("link_down", "link status", rf"(?:\(slave |for interface ){_PORT}\)?: link status definitely down"),
    ("link_up", "link status", rf"(?:\(slave |for interface ){_PORT}\)?: link status definitely up"),
    ("link_down", "status definitely", rf"status definitely down for interface {_PORT}"),
    ("link_up", "status definitely", rf"status definitely up for interface {_PORT}"),
    ("link_down", "ink ", rf"{_PORT}(?:: NIC|:| NIC) [Ll]ink (?:is )?(?:[Dd]own|DOWN)\b"),
    ("link_up", "ink ", rf"{_PORT}(?:: NIC|:| NIC) [Ll]ink (?:is )?(?:[Uu]p|UP)\b"),
    ("link_up", "NETDEV_CHANGE", rf"ADDRCONF\(NETDEV_CHANGE\): {_PORT}: link becomes ready"),
    ("out_of_memory", "", r"Out of memory|oom-kill|Cannot allocate memory"),
    ("table_full", " overflow", r"[Nn]eighbou?r(?: table|: \w+ table|: table) overflow"),
    ("table_full", "nf_conntrack", r"nf_conntrack: table full"),
    ("hardware_error", "MCE", r"\bMCE\b"),
    ("hardware_error", " Error", r"Hardware Error|PCIe Bus Error"),
    ("hardware_error", "EDAC ", r"EDAC .*\b[CU]E\b"),
    (
        "process_crash",
        "",
        r"state -> (?:down|unresponsive)|Received signal \d+|segfault at|Assertion .*failed",
    ),
    ("reload", "Linux version ", r"^Linux version \d"),
)
"""The kind; words in every line that the pattern fits, looked for first, which is cheap; the pattern."""
_MAX_LENGTH: Final = 2000
_COMPILED = tuple((kind, words, re.compile(pattern)) for kind, words, pattern in _PATTERNS)


def meaning(said: str) -> tuple[LogKind, dict[str, str]]:
    """The kind of event, and the `interface` or `peer` that the line names."""
    for kind, words, pattern in _COMPILED:
        if words in said and (found := pattern.search(said, 0, _MAX_LENGTH)):
            return kind, {name: value for name, value in found.groupdict().items() if value}
    return "other", {}
