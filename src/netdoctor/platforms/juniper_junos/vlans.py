"""Which VLANs are on which ports."""

from __future__ import annotations

import re
from collections.abc import Iterator

from netdoctor.model.facts import Fact, VlanMember
from netdoctor.platforms.base import NotUnderstood
from netdoctor.platforms.juniper_junos.reading import (
    Node,
    Read,
    each,
    leaf,
    nodes,
    on_request,
    or_empty,
    query,
    roots,
    sections,
    tree,
    whole,
)
from netdoctor.platforms.values import count

_TAGGED = {"tagged": True, "untagged": False}
_MEMBER = re.compile(r"\b(?P<name>(?:[a-z]{2,4}-\d+/\d+/\d+(?::\d+)?|[a-z]{2,5}\d+)\.\d+)\*?")


@query(
    "show vlans",
    area="l2",
    gives=(VlanMember,),
    also=("show vlans {rest*}", "get-vlan-information[ {rest*}]"),
    arguments=on_request,
)
def vlans(output: str) -> Read:
    """The ports of every VLAN."""
    found = tree(output)
    if found is None:
        known = _HEADER.search(output) is not None
        yield from or_empty(_vlans_in(output), known)
        return
    known_roots = roots(found, "l2ng-l2ald-vlan-instance-information")
    if not known_roots:
        raise NotUnderstood("no 'l2ng-l2ald-vlan-instance-information'")
    groups = [one for _, root in known_roots for one in nodes(root, "l2ng-l2ald-vlan-instance-group")]
    yield from or_empty(each(groups, _group), known=True)


def _group(found: Node) -> Iterator[Fact]:
    vlan = whole(found, "l2ng-l2rtb-vlan-tag")
    for member in nodes(found, "l2ng-l2rtb-vlan-member"):
        name = _MEMBER.search(leaf(member, "l2ng-l2rtb-vlan-member-interface") or "")
        tagged = _TAGGED.get((leaf(member, "l2ng-l2rtb-vlan-member-tagness") or "").lower())
        if vlan is not None and name:
            yield VlanMember(interface=name["name"], vlan=vlan, tagged=tagged)


_HEADER = re.compile(r"^[ \t]*Routing instance +VLAN name +Tag +Interfaces", re.MULTILINE)
_VLAN = re.compile(r"^(?P<instance>\S+) +(?P<vlan>\S+) +(?P<tag>\d{1,4}|NA)?(?=\s)[^\n]*", re.MULTILINE)


def _vlans_in(output: str) -> Iterator[VlanMember]:
    header = _HEADER.search(output)
    for head, body in sections(output[header.end() :] if header else "", _VLAN):
        vlan = count(head["tag"])
        for member in _MEMBER.finditer(head[0][head.end("vlan") - head.start() :] + body):
            if vlan is not None:
                yield VlanMember(interface=member["name"], vlan=vlan)


_PORTS = re.compile(r"^[ \t]*(?:Interface +State +VLAN members|Logical +Vlan +TAG)", re.MULTILINE)
_PORT = re.compile(r"([a-z][\w/:-]{1,30}\.\d{1,10})\*?(?=\s)")
_TAG = re.compile(r"\s[A-Za-z][\w.-]{0,80} +(\d{1,4})(?=\s)")
_TAGGING = re.compile(r"\b(?:un)?tagged\b")


@query(
    "show ethernet-switching interface",
    area="l2",
    gives=(VlanMember,),
    also=("show ethernet-switching interface {rest*}", "show ethernet-switching interfaces[ {rest*}]"),
    arguments=on_request,
)
def ports(output: str) -> Read:
    """The VLANs of every port; one whose number is not shown is left out."""
    if tree(output) is not None:
        raise NotUnderstood("a tree of switching ports")
    header = _PORTS.search(output)
    yield from or_empty(_ports_in(output[header.end() :] if header else ""), known=header is not None)


def _ports_in(output: str) -> Iterator[VlanMember]:
    """A port stands in its first row only."""
    port = ""
    for line in output.splitlines():
        if named := _PORT.match(line):
            port = named[1]
        found = _TAG.search(line[:300], named.end() if named else 0)
        if port and found:
            tagging = _TAGGING.search(line[:300], found.end())
            yield VlanMember(
                interface=port, vlan=int(found[1]), tagged=_TAGGED[tagging[0]] if tagging else None
            )
