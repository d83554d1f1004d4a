"""What is dropped on the way to the processor, by the forwarding chips, by CEF and by ARP.

A counter's name begins with the node, and the chip, that counts it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from netdoctor.model.events import Note
from netdoctor.model.facts import DropCounter, Fact
from netdoctor.platforms.base import command
from netdoctor.platforms.cisco_xr.reading import each_block, found_in, on_request, said
from netdoctor.platforms.text import Block, Read, lines
from netdoctor.platforms.values import count

_POLICE_NODE = re.compile(r"^ *Node:? (?P<node>\d+/\w+(?:/\w+)?):? *$")
_POLICED = re.compile(
    r"^ *(?P<flow>[A-Za-z][\w()./+-]*(?: [\w()./+-]+)?) +(?P<policer>\d+) +(?P<type>[A-Za-z]\w*) +"
    r"(?P<rate>\d+) +(?P<burst>\d+) +"
    r"(?P<accepted>\d+) +(?P<dropped>\d+)\b(?: +(?P<npu>\d{1,2})(?= |$))?"
)


@command(
    "show lpts pifib hardware police location all",
    area="copp",
    gives=(DropCounter,),
    sampled=True,
    targets_only=True,
    timeout_s=30.0,
    aliases=(
        "show lpts pifib hardware police",
        "show lpts pifib hardware police location[ {location}]",
        "show lpts pfib hardware police",
        "show lpts pfib hardware police location {location}",
    ),
)
def policing(output: str) -> Read:
    """Local packet transport services: what each kind of packet for the router is policed to."""
    yield from found_in(_policed(output), output)


def _policed(output: str) -> Iterator[Fact | Note]:
    node = ""
    for line in lines(said(output)):
        if head := _POLICE_NODE.match(line.text):
            node = f"{head['node']} "
        elif found := _POLICED.match(line.text):
            # The column of the older cards is not the chip but the types of service, `01234567`.
            npu = f" npu {found['npu']}" if found["npu"] else ""
            yield DropCounter(
                kind="copp",
                name=f"{node}{found['flow']}{npu}",
                dropped_pkts=count(found["dropped"]),
                conformed_pkts=count(found["accepted"]),
            )


_NP_NODE = re.compile(r"^ *Node: *(?P<node>\d+/\w+(?:/\w+)?):? *$")
_NP = re.compile(r"^ *NP *(?P<np>\d+) Drops:")
_NP_DROP = re.compile(r"^ *(?P<name>[A-Z][A-Z0-9_]{3,}) +(?P<dropped>\d+)(?: +\d+)? *$")


@command(
    "show drops np all",
    area="acl",
    gives=(DropCounter,),
    sampled=True,
    targets_only=True,
    aliases=("show drops np all location {location}", "show drops", "show drops all location {location}"),
)
def network_processors(output: str) -> Read:
    """What the network processors of the ASR 9000 dropped."""
    yield from found_in(_processors(output), output)


def _processors(output: str) -> Iterator[Fact | Note]:
    node = processor = ""
    for line in lines(said(output)):
        if head := _NP_NODE.match(line.text):
            node = f"{head['node']} "
        elif found := _NP.match(line.text):
            processor = f"NP {found['np']} "
        elif found := _NP_DROP.match(line.text):
            yield DropCounter(
                kind="asic", name=f"{node}{processor}{found['name']}", dropped_pkts=count(found["dropped"])
            )


_CEF_NODE = re.compile(r"^ *Node: *(?P<node>\S+)", re.M)
_CEF_DROP = re.compile(r"^ *(?P<name>[A-Z][\w ]*?drops) +packets *: *(?P<dropped>\d+)", re.M)


@command(
    "show cef drops",
    area="forwarding",
    gives=(DropCounter,),
    sampled=True,
    aliases=(
        "show cef drops location {location}",
        "show cef drops location",
        "show cef ipv4 drops[ location {location}]",
    ),
)
def cef(output: str) -> Read:
    """What forwarding in software dropped, by its reason."""
    yield from each_block(output, _CEF_NODE, _cef)


def _cef(block: Block) -> Read:
    for found in _CEF_DROP.finditer(block.text):
        name = found["name"].strip()
        no_route = name == "No route drops"
        rpf = name == "RPF drops"
        yield DropCounter(
            kind="no_route" if no_route else "urpf" if rpf else "asic",
            name=f"{block.head['node']} {name}",
            dropped_pkts=count(found["dropped"]),
        )


_FIA = re.compile(r"^ *\*+ *(?P<chip>FIA-\d+) *\*+ *$")
_CATEGORY = re.compile(r"^ *Category: *(?P<category>\S+)")
_FIA_COUNT = re.compile(r"^ *(?P<name>[A-Za-z][\w ./()-]*?) +(?P<number>\d+) *$")


@command(
    "show controllers fabric fia drops ingress location all",
    area="acl",
    gives=(DropCounter,),
    arguments=on_request,
    aliases=(
        "show controllers fabric fia {what} {direction} location",
        "show controllers fabric fia {what} {direction} location {location}",
    ),
)
def fabric(output: str) -> Read:
    """What the fabric interface chips of the ASR 9000 dropped, and their errors."""
    yield from found_in(_fabric(output), output)


def _fabric(output: str) -> Iterator[Fact | Note]:
    chip = category = ""
    for line in lines(said(output)):
        if head := _FIA.match(line.text):
            chip = head["chip"]
        elif found := _CATEGORY.match(line.text):
            category = found["category"].rpartition("-")[0] or found["category"]
        elif chip and (found := _FIA_COUNT.match(line.text)):
            name = f"{chip} {category} {found['name'].strip()}"
            yield DropCounter(kind="asic", name=name, dropped_pkts=count(found["number"]))


_ASIC = re.compile(r"^ *\* *(?P<asic>\w+) ASIC Error Summary *\*", re.M)
_INSTANCE = re.compile(r"^ *Instance *: *(?P<instance>\d+)")
_ERRORS = re.compile(r"^ *(?P<name>[A-Z]\w+ error count) *: *(?P<number>\d+)")


@command(
    "show asic-errors all location all",
    area="acl",
    gives=(DropCounter,),
    arguments=on_request,
    aliases=(
        "show asic-errors all location",
        "show asic-errors all location {location}",
        "show asic-errors all detail location {location}",
    ),
)
def asic_errors(output: str) -> Read:
    """Errors inside the chips, as counters: parity, CRC, single and multiple bits."""
    yield from each_block(output, _ASIC, _asic)


def _asic(block: Block) -> Read:
    instance = ""
    for line in block.text.splitlines():
        if head := _INSTANCE.match(line):
            instance = head["instance"]
        elif found := _ERRORS.match(line):
            name = f"{block.head['asic']} {instance} {found['name']}"
            yield DropCounter(kind="asic", name=name, dropped_pkts=count(found["number"]))


_NODE = re.compile(r"^ *(?P<node>\d+/\w+/CPU\d) *$", re.M)
_TRAFFIC = (
    ("resolve requests dropped", re.compile(r"Resolve requests dropped: *(\d+)")),
    ("out of memory", re.compile(r"(\d+) out of memory")),
    ("no buffers", re.compile(r"(\d+) no buffers")),
    ("out of subnet", re.compile(r"(\d+) out of subnet")),
    ("packets dropped", re.compile(r"IP Packet drop count for node \S+ *(\d+)")),
)


@command(
    "show arp traffic",
    area="copp",
    gives=(DropCounter,),
    arguments=on_request,
    aliases=(
        "show arp traffic detail",
        "show arp traffic location {location}",
        "show arp[ vrf {vrf}] traffic[ {more*}]",
    ),
)
def traffic(output: str) -> Read:
    """What ARP itself dropped on each node."""
    yield from each_block(output, _NODE, _traffic)


def _traffic(block: Block) -> Read:
    for name, pattern in _TRAFFIC:
        if found := pattern.search(block.text):
            yield DropCounter(
                kind="asic", name=f"{block.head['node']} arp {name}", dropped_pkts=count(found[1])
            )
