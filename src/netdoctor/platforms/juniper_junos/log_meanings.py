"""What Junos's log lines are about (Juniper's System Log Explorer), tried in order on `TAG: text`."""

from __future__ import annotations

import re
from typing import Final

from netdoctor.platforms.syslog import Meanings

_NAME: Final = (
    r"(?:(?:ge|xe|et|fe|mge|so|t1|t3|e1|lt|gr|st|sp|si)-\d{1,3}/\d{1,3}/\d{1,3}(?::\d{1,3})?(?:\.\d{1,10})?"
    r"|(?:ae|irb|reth|fxp|em|me|vme|lo|vlan|st|vtep)\.?\d{1,5}(?:\.\d{1,10})?)"
)
_ADDRESS: Final = r"[\da-fA-F]{1,4}[.:][\da-fA-F.:]{2,44}"

INTERFACE: Final = re.compile(rf"(?<![\w/-])({_NAME})\b", re.ASCII)
PEER: Final = re.compile(
    r"\b(?:[Pp]eer(?: addr)?:? |neighbor |nbr |NOTIFICATION (?:sent to|received from) |peer-name=\"|"
    rf"[Pp]acket from |peer=\"|^)({_ADDRESS})",
    re.ASCII,
)

MEANINGS: Final = Meanings(
    (
        ("link_down", rf"SNMP_TRAP_LINK_DOWN.*?\b(?:ifName |interface-name=\")(?P<interface>{_NAME})"),
        ("link_up", rf"SNMP_TRAP_LINK_UP.*?\b(?:ifName |interface-name=\")(?P<interface>{_NAME})"),
        (
            "link_down",
            r"SNMP_TRAP_LINK_DOWN|IFMAN_LINK_DOWN|\b[Ll]ink (?:is )?(?:went |changed to )?[Dd]own\b|"
            r"ifOperStatus down",
        ),
        ("link_up", r"SNMP_TRAP_LINK_UP|\b[Ll]ink (?:is )?(?:came |changed to )?[Uu]p\b"),
        (
            "bgp_prefix_limit",
            r"BGP_(?:CEASE_)?PREFIX_(?:LIMIT|THRESH)_EXCEEDED|prefix-limit|[Mm]aximum prefix",
        ),
        ("bgp_up", r"BGP_\w*STATE_CHANGED.*(?:to Established|new-state=\"Established\")"),
        ("bgp_down", r"BGP_\w*STATE_CHANGED.*(?:from Established|old-state=\"Established\")"),
        (
            "bgp_auth_failure",
            r"(?:wrong|missing|unexpected|invalid|bad) MD5 digest|tcp_auth_ok|MD5 (?:digest )"
            r"?mismatch|TCP_AUTH",
        ),
        ("ospf_change", r"RPD_OSPF\w*NBR|OSPF3? neighbor .* state changed"),
        ("isis_change", r"RPD_ISIS_(?:ADJ|NBR|LDPSYNC)|IS-IS .* adjacency"),
        (
            "bfd_down",
            r"BFDD_\w*STATE_DOWN|BFDD_STATE_UP_TO_DOWN|BFD Session .* \(IFL \d+\) state Up -> Down|"
            r"BFD.*[Ss]tate Up -> Down",
        ),
        ("bfd_up", r"BFDD_\w*STATE_UP|BFD.*[Ss]tate (?:Down|Init) -> Up"),
        ("mac_move", r"MAC_MOVE|MAC[ -]move|MAC_FLAP|DUPLICATE_MAC|[Dd]uplicate MAC"),
        ("duplicate_address", r"DUPLICATE_ADDR|KERN_ARP_ADDR_CHANGE|[Dd]uplicate (?:IP )?address|DUP_ADDR"),
        (
            "transceiver_change",
            r"(?:SFP|QSFP|XFP|[Xx]cvr|transceiver|optics?)\b.*(?:plugged|unplugged|inserted|removed|"
            r"unsupported)|XCVR_\w*(?:INSERT|REMOVE)",
        ),
        (
            "config_change",
            r"^UI_COMMIT(?:_COMPLETED)?:|^UI_CFG_AUDIT_(?:SET|OTHER)|^UI_LOAD_EVENT:|^UI_ROLLBACK",
        ),
        (
            "reload",
            r"UI_REBOOT|CHASSISD_(?:SHUTDOWN|REBOOT)|SYSTEM_(?:RESTART|REBOOT)|\breboot(?:ed|ing)? by|"
            r"rebooting|Power cycle|system (?:re)?booted",
        ),
        (
            "out_of_memory",
            r"out of (?:memory|swap)|KERN_\w*MEM|RPD_MEM|memory (?:allocation fail|exhaust)|"
            r"swap_pager\w*: out",
        ),
        (
            "process_crash",
            r"(?:terminated by|exited on) signal|[Cc]ore[ -]?dump|dumped core|thrashing|CORE_DUMP|"
            r"INITD?_\w*FAIL",
        ),
        (
            "table_full",
            r"table (?:is )?full|[Rr]esource (?:exhaust|limit)|TABLE_FULL|Creation of handle for nh "
            r"\d+ failed|LIMIT_REACHED|PFE_\w*(?:FULL|EXHAUST)",
        ),
        (
            "lag_change",
            r"LACP\w*_(?:INTF|TIMEOUT|STATE)|LACPD_\w+|lacp.*(?:timeout|[Dd]etached)|minimum links not met|"
            r"KERN_LACP\w+.*?"
            rf"(?P<interface>{_NAME})?",
        ),
        ("stp_change", r"STP_STATE_CHANGE|topology change|BPDU|L2CPD_\w*STP|ESWD_STP|MSTP|RSTP"),
        (
            "power_thermal",
            r"CHASSISD_(?:FAN|BLOWER|PEM|PSU|PSM|TEMP|OVER_TEMP|POWER|PWR|HIGH_TEMP|SNMP_TRAP\d*: .*"
            r"(?:[Ff]an|[Pp]ower|[Tt]emperature))"
            r"|Alarm (?:set|cleared):.*(?:Pwr|PEM|PSU|PSM|[Ff]an|[Tt]emp|[Pp]ower)|over[ -]?temperature",
        ),
        (
            "hardware_error",
            r"parity error|\bECC\b|CMERROR|[Cc]merror|[Uu]ncorrectable|ASIC.*error|CHASSISD_(?:FPC|"
            r"FRU|CB|SIB|RE)_\w*(?:OFFLINE|ERROR|FAIL)|\bhard(?:ware)? error|PFE wedge|Fabric.*"
            r"(?:error|fault)",
        ),
    )
)
