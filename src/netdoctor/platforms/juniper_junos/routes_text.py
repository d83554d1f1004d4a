"""Routing tables out of text, under the names that the tree gives their parts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from netdoctor.platforms.juniper_junos.reading import Node, sections

_TABLE = re.compile(r"^[ \t]*(?P<name>[\w.:-]+\.\d+): \d+ destinations[^\n]*", re.MULTILINE)
_PREFIX = r"(?P<prefix>[\da-fA-F][\da-fA-F.:]*/\d{1,3}|[\da-fA-F:]*::/\d{1,3}|default)"
_ENTRY = re.compile(
    rf"^[ \t]*(?:{_PREFIX}\s+)?(?P<tag>[*+-])?\[(?P<protocol>[\w-]+)/(?P<preference>\d+)[^\]]*\]"
    r"(?P<rest>[^\n]*)",
    re.MULTILINE,
)
_DETAIL = re.compile(rf"^[ \t]*{_PREFIX} \(\d+ entr[^\n]*", re.MULTILINE)
_PATH = re.compile(
    r"^[ \t]*(?P<tag>[*+-])?(?P<protocol>[A-Z][\w-]*) +Preference: (?P<preference>\d+)[^\n]*", re.MULTILINE
)
_TERSE = re.compile(
    rf"^[ \t]*(?P<tag>[*+-]) (?:[?VIUN] )?{_PREFIX} +(?P<protocol>[A-Z]) +(?P<preference>\d+)"
    r"(?P<metrics>(?: +\d+)*) +(?P<mark>>?)(?P<hop>\S+)",
    re.MULTILINE,
)
_LETTERS = {
    "B": "BGP",
    "O": "OSPF",
    "I": "IS-IS",
    "D": "Direct",
    "L": "Local",
    "S": "Static",
    "R": "RIP",
    "A": "Aggregate",
}
_HOP = re.compile(
    r"^[ \t]*(?:>?[ \t]*|Next hop: )to (?P<to>[^\s,]+)(?: via (?P<via>[^\s,]+))?|^[ \t]*>?[ \t]*(?:"
    r"(?:Local|Interface) )?via (?P<only>[^\s,]+)|Next hop: (?P<next>[\da-fA-F.:]+) via "
    r"(?P<out>[^\s,]+)|Next hop: via (?P<out2>[^\s,]+)|Interface: (?P<local>\S+)",
    re.MULTILINE,
)
_KIND = re.compile(
    r"^[ \t]*(?:Next hop type: )?(Discard|Reject|Receive|MultiRecv|Router|Indirect|Local)\b", re.MULTILINE
)
_METRIC = re.compile(r"\b(?:[Mm]etric:?|MED) (\d+)")
_AGE = re.compile(r"\bAge: ([^\n\t]+?)(?:\s{2,}|\t|\n|$)")
_AS_PATH = re.compile(r"\bAS path: ([^,\n]*)")


def tables_in(output: str) -> Iterator[Node]:
    """The tables, each with its routes; a paste without a table's head is of `inet.0`."""
    parts = [(head["name"], body) for head, body in sections(output, _TABLE)]
    for name, body in parts or [("inet.0", output)]:
        yield {"table-name": name, "rt": _routes(body)}


def _routes(body: str) -> list[Node]:
    detailed = list(sections(body, _DETAIL))
    if detailed:
        return [
            {
                "rt-destination": _dotted(head["prefix"]),
                "rt-entry": [_entry(path, text) for path, text in sections(part, _PATH)],
            }
            for head, part in detailed
        ]
    found: list[Node] = []
    for head, part in sections(body, _ENTRY):
        if head["prefix"] or not found:
            if not head["prefix"]:
                continue
            found.append({"rt-destination": _dotted(head["prefix"]), "rt-entry": []})
        entry = _entry(head, part) | {"age": head["rest"].strip().split(",")[0]}
        if metric := _METRIC.search(head["rest"]):
            entry["metric"] = metric[1]
        found[-1]["rt-entry"].append(entry)
    return found or [_short(row) for row in _TERSE.finditer(body)]


def _dotted(prefix: str) -> str:
    return "0.0.0.0/0" if prefix == "default" else prefix


def _entry(head: re.Match[str], text: str) -> Node:
    hops: list[Node] = []
    for hop in _HOP.finditer(text):
        gateway = hop["to"] or hop["next"]
        out = next((hop[name] for name in ("via", "only", "out", "out2", "local") if hop[name]), None)
        hops.append({name: value for name, value in (("to", gateway), ("via", out)) if value})
    found: Node = {
        "active-tag": head["tag"] or "",
        "protocol-name": head["protocol"],
        "preference": head["preference"],
        "nh": hops,
    }
    for name, pattern in (("nh-type", _KIND), ("metric", _METRIC), ("age", _AGE), ("as-path", _AS_PATH)):
        if said := pattern.search(text):
            found[name] = said[1]
    return found


def _short(row: re.Match[str]) -> Node:
    """A row of the terse table: its next hop is an address, an interface or a kind."""
    hop, metrics = row["hop"], row["metrics"].split()
    entry: Node = {
        "active-tag": row["tag"],
        "protocol-name": _LETTERS.get(row["protocol"], row["protocol"]),
        "preference": row["preference"],
        "nh": [{"to": hop} if re.match(r"[\da-fA-F]+[.:]", hop) else {"via": hop}] if row["mark"] else [],
    }
    if metrics:
        entry["metric"] = metrics[0]
    if not row["mark"]:
        entry["nh-type"] = hop
    return {"rt-destination": _dotted(row["prefix"]), "rt-entry": [entry]}
