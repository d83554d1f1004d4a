"""BGP neighbours out of text, under the names that the tree gives them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from netdoctor.platforms.juniper_junos.reading import Node, sections, told_in

_PEER = re.compile(
    r"^[ \t]*Peer: +(?P<peer>\S+) +AS +(?P<as>[\d.]+) +Local: +(?P<local>\S+)(?: +AS +"
    r"(?P<local_as>[\d.]+))?[^\n]*",
    re.MULTILINE,
)
_FIELDS = {
    "description": re.compile(r"^\s*Description: ([^\n]+)", re.M),
    "peer-group": re.compile(r"\bGroup: (\S+)"),
    "peer-cfg-rti": re.compile(r"\bRouting-Instance: (\S+)"),
    "peer-type": re.compile(r"\bType: (\w+)"),
    "peer-state": re.compile(r"^\s*(?:Type: \w+ +)?State: ([A-Z][a-z]+[A-Z]?[a-z]*)", re.M),
    "peer-flags": re.compile(r"\bFlags: <([^>]*)>"),
    "last-error": re.compile(r"\bLast Error: ([^\n]+)"),
    "flap-count": re.compile(r"\bNumber of flaps: (\d+)"),
    "last-flap-event": re.compile(r"\bLast flap event: (\w+)"),
    "peer-id": re.compile(r"\bPeer ID: (\S+)"),
    "local-id": re.compile(r"\bLocal ID: (\S+)"),
    "active-holdtime": re.compile(r"\bActive Holdtime: (\d+)"),
    "keepalive-interval": re.compile(r"\bKeepalive Interval: (\d+)"),
    "local-interface-name": re.compile(r"\bLocal Interface: (\S+)"),
    "nlri-type-session": re.compile(r"\bNLRI for this session: ([^\n]+)"),
    "nlri-type-peer": re.compile(r"\bNLRI advertised by peer: ([^\n]+)"),
    "authentication": re.compile(r"(Authentication key is configured|Authentication key chain)", re.I),
}
_OPTIONS = {
    "export-policy": re.compile(r"\bExport: \[ *([^\]]*?) *\]"),
    "import-policy": re.compile(r"\bImport: \[ *([^\]]*?) *\]"),
    "address-families": re.compile(r"\bAddress families configured: ([^\n]+)"),
    "local-address": re.compile(r"\bLocal Address: (\S+)"),
    "holdtime": re.compile(r"(?<!Active )\bHoldtime: (\d+)"),
}
_WORDS = re.compile(r"\bOptions: <([^>]*)>")
_ERROR = re.compile(r"\bError: '([^']+)' +Sent: (\d+) +Recv: (\d+)")
_BFD = re.compile(r"\bBFD: (\w+), (\w+)")
_TABLE = re.compile(r"^[ \t]*Table (?P<name>\S+)(?: Bit: \w+)?[^\n]*", re.MULTILINE)
_COUNTS = {
    "active-prefix-count": re.compile(r"\bActive prefixes: +(\d+)"),
    "received-prefix-count": re.compile(r"\bReceived prefixes: +(\d+)"),
    "accepted-prefix-count": re.compile(r"\bAccepted prefixes: +(\d+)"),
    "advertised-prefix-count": re.compile(r"\bAdvertised prefixes: +(\d+)"),
}


def peers_in(output: str) -> Iterator[Node]:
    """The neighbours of `show bgp neighbor` or of `show bgp summary`."""
    nothing = True
    for head, text in sections(output, _PEER):
        nothing = False
        yield _full(head, text)
    if nothing:
        yield from _rows(output)


def _full(head: re.Match[str], text: str) -> Node:
    found = told_in(text, _FIELDS)
    found |= {"peer-address": head["peer"], "peer-as": head["as"], "local-address": head["local"]}
    if head["local_as"]:
        found["local-as"] = head["local_as"]
    found["bgp-option-information"] = [
        told_in(text, _OPTIONS) | {"bgp-options": " ".join(_WORDS.findall(text))}
    ]
    found["bgp-error"] = [
        {"name": name, "send-count": sent, "receive-count": received}
        for name, sent, received in _ERROR.findall(text)
    ]
    if bfd := _BFD.search(text):
        found["bgp-bfd"] = [{"bfd-configuration-state": bfd[1], "bfd-operational-state": bfd[2]}]
    found["bgp-rib"] = [
        {"name": table["name"], **told_in(counts, _COUNTS)} for table, counts in sections(text, _TABLE)
    ]
    return found


_ROW = re.compile(
    r"^[ \t]*(?P<peer>[\da-fA-F][\da-fA-F.:]*(?:%\S+)?(?:\+\d+)?)\s+(?P<as>\d[\d.]*) +(?P<in>\d+) +"
    r"(?P<out>\d+) +(?P<queue>\d+) +"
    r"(?P<flaps>\d+) +(?P<time>(?:\d+[ywdh])+(?: \d+:\d\d(?::\d\d)?)?|\d+(?::\d\d){0,2}) +"
    r"(?P<state>[A-Z]\w+|\d+/[\d/]+)(?P<rest>[^\n]*)",
    re.MULTILINE,
)
_RIB = re.compile(r"^[ \t]+(?P<name>[\w.:-]+\.\d+): (?P<counts>\d+/\d+(?:/\d+)*)", re.MULTILINE)


def _rows(output: str) -> Iterator[Node]:
    """The rows. One family alone may stand in the state's place, `active/received/accepted/damped`."""
    for row, text in sections(output, _ROW):
        found: Node = {
            "peer-address": row["peer"],
            "peer-as": row["as"],
            "flap-count": row["flaps"],
            "elapsed-time": f"{row['time']}s" if row["time"].isdigit() else row["time"],
            "peer-state": row["state"],
            "bgp-rib": [_rib(rib["name"], rib["counts"]) for rib in _RIB.finditer(text)],
        }
        if "/" in row["state"]:
            name = "inet6.0" if ":" in row["peer"] else "inet.0"
            found["bgp-rib"].append(_rib(name, row["state"]))
        yield found


def _rib(name: str, counts: str) -> Node:
    names = (
        "active-prefix-count",
        "received-prefix-count",
        "accepted-prefix-count",
        "suppressed-prefix-count",
    )
    return {"name": name, **dict(zip(names, counts.split("/"), strict=False))}
