"""Access lists as acl-loader and aclshow print them."""

from __future__ import annotations

from netdoctor.lab.hardware import Filter
from netdoctor.lab.render import View, answers
from netdoctor.lab.render.sonic.tables import ruled

TABLE = "DATAACL"
PRIORITY = 9999


def _rules(view: View) -> list[tuple[str, Filter]]:
    return [(f"RULE_{number}", rule) for number, rule in enumerate(view.device.filters, 1)]


@answers("show acl rule")
def rules(view: View) -> str:
    """A line for each thing that a rule matches, its name beside the first."""
    rows: list[tuple[object, ...]] = []
    for place, (name, rule) in enumerate(_rules(view)):
        matches = ("IP_PROTOCOL: 6", f"L4_DST_PORT: {rule.tcp_port}", f"SRC_IP: {rule.source}/32")
        rows.append((TABLE, name, PRIORITY - place, "DROP", matches[0], "Active"))
        rows += [("", "", "", "", match, "") for match in matches[1:]]
    return ruled(("Table", "Rule", "Priority", "Action", "Match", "Status"), rows, "left")


@answers("aclshow -a")
def counters(view: View) -> str:
    return _counters(view, [name for name, _ in _rules(view)])


@answers("aclshow -a -t {table} -r {names}")
def some_counters(view: View, table: str, names: str) -> str:
    return _counters(view, names.split(",") if table == TABLE else [])


def _counters(view: View, names: list[str]) -> str:
    rows = []
    for place, (name, rule) in enumerate(_rules(view)):
        if name in names:
            packets = rule.dropped.read(view.at)
            rows.append((name, TABLE, PRIORITY - place, packets, packets * 78))
    return ruled(("RULE NAME", "TABLE NAME", "PRIO", "PACKETS COUNT", "BYTES COUNT"), rows, "left")
