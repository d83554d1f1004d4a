"""EVPN and VXLAN out of text, under the names that the tree gives their parts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from netdoctor.platforms.juniper_junos.reading import Node, sections, told_in

_INSTANCE = re.compile(r"^[ \t]*Instance: *(?P<name>\S+)[^\n]*", re.MULTILINE)
_FIELDS = {
    "route-distinguisher": re.compile(r"^\s*Route Distinguisher: *(\S+)", re.M),
    "evpn-encap-type": re.compile(r"^\s*Encapsulation type: *(\S+)", re.M),
    "evpn-num-neighbors": re.compile(r"^\s*Number of neighbors: *(\d+)", re.M),
    "evpn-router-id": re.compile(r"^\s*Router-?ID: *(\S+)", re.M | re.I),
}
_MACS = re.compile(r"^\s*(?:Total MAC addresses|MAC advertisements): +(\d+) +(\d+)", re.MULTILINE)
_ESI = r"(?:[\da-fA-F]{2}:){9}[\da-fA-F]{2}"
_INTERFACE = re.compile(
    rf"^[ \t]*(?P<name>\S+) +(?P<esi>{_ESI}) +(?P<mode>[a-z-]+) +(?P<status>\w+)", re.MULTILINE
)
_DOMAIN = re.compile(r"^[ \t]*(?P<vlan>\d+|None) +(?P<vni>\d+) +(?P<all>\d+) +(?P<up>\d+)\b", re.MULTILINE)
_SEGMENT = re.compile(rf"^[ \t]*ESI: *(?P<esi>{_ESI})[^\n]*", re.MULTILINE)
_LOCAL = re.compile(r"^\s*Local interface: *(?P<name>[^,\s]+), *Status: *(?P<status>\S+)", re.MULTILINE)
_FORWARDER = re.compile(r"^\s*Designated forwarder: *(\S+)", re.MULTILINE)
_REMOTE_PE = re.compile(r"^[ \t]*(\d+\.\d+\.\d+\.\d+) +\d+ +\d+ +[a-z-]+", re.MULTILINE)


def instances_in(output: str) -> Iterator[Node]:
    for head, body in sections(output, _INSTANCE):
        found = told_in(body, _FIELDS) | {"evpn-instance-name": head["name"]}
        if macs := _MACS.search(body):
            found["mac-database-status-table"] = [{"local-macs": macs[1], "remote-macs": macs[2]}]
        found["evpn-interface-status-table"] = [
            {
                "evpn-interface": [
                    {
                        "evpn-interface-name": row["name"],
                        "evpn-interface-esi": row["esi"],
                        "evpn-interface-mode": row["mode"],
                        "evpn-interface-status": row["status"],
                    }
                    for row in _INTERFACE.finditer(body)
                ]
            }
        ]
        heading = re.search(r"Domain[ -]ID", body)
        start = heading.start() if heading else -1
        found["bridge-domain-status-table"] = [
            {
                "bridge-domain": [
                    {"vlan-id": row["vlan"], "domain-id": row["vni"], "interfaces-up": row["up"]}
                    for row in _DOMAIN.finditer(body, start if start >= 0 else len(body), _end(body, start))
                ]
            }
        ]
        found["evpn-esi"] = [_segment(segment["esi"], part) for segment, part in sections(body, _SEGMENT)]
        yield found


def _end(body: str, start: int) -> int:
    stop = body.find("Number of", max(start, 0))
    return stop if stop >= 0 else len(body)


def _segment(esi: str, text: str) -> Node:
    found: Node = {"evpn-esi-value": esi}
    if local := _LOCAL.search(text):
        found["evpn-esi-local-intf-information"] = [
            {"evpn-esi-local-intf-name": local["name"], "evpn-esi-local-intf-status": local["status"]}
        ]
    if forwarder := _FORWARDER.search(text):
        found["evpn-esi-df-information"] = [{"esi-designated-forwarder": forwarder[1]}]
    found["evpn-esi-remote-pe-information"] = [
        {"evpn-esi-remote-pe": [{"remote-pe-address": address} for address in _REMOTE_PE.findall(text)]}
    ]
    return found


_CONTEXT = re.compile(r"^[ \t]*L3 context: *(?P<name>\S+)[^\n]*", re.MULTILINE)
_CONTEXT_ROW = re.compile(
    r"^[ \t]*(?P<name>[\w.-]+) +(?:Cfg|Dyn|Configured|Dynamic)\w* +(?:Direct|Pure|Gateway)\S* +(?:"
    r"(?P<encap>VXLAN|MPLS) +)?(?P<vni>\d+)",
    re.MULTILINE | re.IGNORECASE,
)


def contexts_in(output: str) -> Iterator[Node]:
    for head, body in sections(output, _CONTEXT):
        vni, encapsulation = re.search(r"\bVNI: *(\d+)", body), re.search(r"\bEncapsulation: *(\w+)", body)
        yield {
            "context-name": head["name"],
            "context-vni": vni[1] if vni else "",
            "context-encapsulation": encapsulation[1] if encapsulation else "",
        }
    for row in _CONTEXT_ROW.finditer(output):
        yield {
            "context-name": row["name"],
            "context-vni": row["vni"],
            "context-encapsulation": row["encap"] or "",
        }


_REMOTE = re.compile(
    r"^[ \t]*(?P<address>\d+\.\d+\.\d+\.\d+|[\da-fA-F]*:[\da-fA-F:]+) +\d+ +(?:vtep\.\d+ +)?\d+[^\n]*",
    re.MULTILINE,
)
_VNI = re.compile(r"^[ \t]+(\d{1,8}) +\d+\.\d+\.\d+\.\d+", re.MULTILINE)


def tunnels_in(output: str) -> Iterator[Node]:
    for head, body in sections(output, _REMOTE):
        yield {
            "remote-vtep-address": head["address"],
            "vxlan-dynamic-information": [{"vxlan-format": [{"vn-id": vni} for vni in _VNI.findall(body)]}],
        }
