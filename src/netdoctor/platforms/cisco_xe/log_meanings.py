"""What IOS log messages are about: told by facility and mnemonic, else by the text."""

from __future__ import annotations

import re
from functools import lru_cache

from netdoctor.model.facts.system import LogKind

_PORT = r"(?P<interface>[A-Z][A-Za-z-]*\d(?:[\w/.:]*\w)?)"
_ADDRESS = r"(?P<peer>[0-9A-Fa-f]{1,4}[.:][0-9A-Fa-f.:]{2,43}[0-9A-Fa-f])"

_RULES: tuple[tuple[LogKind, str, str], ...] = (
    ("link_down", r"^(LINEPROTO|LINK)-", rf"Interface {_PORT}, changed state to (?:administratively )?down"),
    ("link_up", r"^(LINEPROTO|LINK)-", rf"Interface {_PORT}, changed state to up"),
    ("link_down", r"^PM-\w*ERR_DISABLE$", rf" on {_PORT}"),
    ("link_down", r"^PM-\w*ERR_DISABLE$", ""),
    ("stp_change", r"^SPANTREE", rf"(?:port|on|interface) {_PORT}"),
    ("stp_change", r"^SPANTREE", ""),
    ("bgp_prefix_limit", r"^BGP\w*-\w*MAXPFX", rf"(?:from|neighbor) {_ADDRESS}"),
    ("bgp_prefix_limit", r"^BGP\w*-\w*MAXPFX", ""),
    ("bgp_up", r"^BGP-ADJCHANGE$", rf"neighbor {_ADDRESS} .{{0,80}}?\bUp\b"),
    ("bgp_down", r"^BGP-ADJCHANGE$", rf"neighbor {_ADDRESS} .{{0,80}}?\bDown\b"),
    ("other", r"^BGP", rf"[Nn]eighbor {_ADDRESS}"),
    ("bgp_auth_failure", r"^TCP-\w*BADAUTH$", rf"from {_ADDRESS}"),
    ("ospf_change", r"^OSPF", rf"Nbr {_ADDRESS} on {_PORT} from"),
    ("ospf_change", r"^OSPF\w*-(ADJCHG|NBR|NEIGHBOR|ERRRCV|HELLO|AUTH|MTU)", ""),
    ("isis_change", r"^(CLNS|ISIS)-\w*ADJ", rf"\({_PORT}\)"),
    ("isis_change", r"^(CLNS|ISIS)-\w*ADJ", ""),
    ("bfd_down", r"^BFD\w*-\w*SESS_(DOWN|DESTROYED)$", rf"neighbor {_ADDRESS}"),
    ("bfd_down", r"^BFD\w*-\w*SESS_(DOWN|DESTROYED)$", ""),
    ("bfd_up", r"^BFD\w*-\w*SESS_UP$", ""),
    ("mac_move", r"FLAP_NOTIF|MACFLAP|MAC_?MOVE|-\w*MAC\w*_MOVE", rf"between port {_PORT}"),
    ("mac_move", r"FLAP_NOTIF|MACFLAP|MAC_?MOVE|-\w*MAC\w*_MOVE", ""),
    ("duplicate_address", r"-\w*DUP\w*(ADDR|IP)", rf" on {_PORT}"),
    ("duplicate_address", r"-\w*DUP\w*(ADDR|IP)", ""),
    ("transceiver_change", r"^(SFF8472|PLATFORM_PM|TRANSCEIVER|GBIC|PHY)|-\w*(SFP|XCVR)", rf"\b{_PORT}"),
    ("transceiver_change", r"^(SFF8472|TRANSCEIVER|GBIC|OPTICAL)|-\w*(SFP|XCVR|TRANSCEIVER)", ""),
    ("config_change", r"-CONFIG_[IP]$|-CFGLOG_LOGGEDCMD$", ""),
    ("reload", r"^SYS-(RESTART|RELOAD|BOOTTIME)$|-\w*(RELOAD|SYSTEM_RESTARTED|CHASSIS_RESET)", ""),
    ("process_crash", r"^PMAN-\w*PROC(FAIL|HOLDDOWN)|-\w*(CRASH|CORE_?DUMP|COREFILE|WATCHDOG|TRACEBACK)", ""),
    ("out_of_memory", r"MALLOCFAIL|-\w*(LOW_?MEM|NO_?MEM|OUT_OF_MEMORY|MEMORY_(LOW|EXHAUST))", ""),
    ("out_of_memory", r"^PLATFORM-ELEMENT_", r"Memory value"),
    ("table_full", r"-\w*(TABLE_?FULL|TCAM\w*(FULL|FAIL|EXHAUST)|RSRC_(ERR|FULL)|EXHAUST|NO_RESOURCE)", ""),
    ("lag_change", r"^(EC|ETC|LACP|PAGP)\b", rf"(?:[Ii]nterface |[Pp]ort |^){_PORT}"),
    ("lag_change", r"^(EC|ETC|LACP|PAGP)\b", ""),
    ("power_thermal", r"^(\w*ENV\w*|\w*THERMAL\w*|IOSXE_PEM|PLATFORM_STACKPOWER|PLATFORM_FEP)-", ""),
    ("power_thermal", r"^(?!ILPOWER)\S*-\w*(FAN|TEMP(?!LATE)|PSU|POWER_?SUPPLY|PEM|FRU_PS)", ""),
    ("hardware_error", r"-\w*(PARITY|ECC|HARDWARE|HW_?ERR|ASIC|DIAG\w*FAIL|FAULT)", ""),
    ("hardware_error", r"", r"parity error|ECC error"),
)
"""Kind, what `FACILITY-MNEMONIC` looks like, and what the text says; tried in order."""

_TOLD_BY = 400


def meaning(head: str, text: str) -> tuple[LogKind, dict[str, str]]:
    """The kind of event that a message tells of, and the `interface` or `peer` that it names."""
    for kind, said in _rules(head):
        if found := said.search(text, 0, _TOLD_BY):
            return kind, {name: value for name, value in found.groupdict().items() if value}
    return "other", {}


@lru_cache(maxsize=1024)
def _rules(head: str) -> tuple[tuple[LogKind, re.Pattern[str]], ...]:
    """The rules that are about messages of one facility and mnemonic: a log has few of them, and often."""
    return tuple((kind, re.compile(text)) for kind, pattern, text in _RULES if re.search(pattern, head))
