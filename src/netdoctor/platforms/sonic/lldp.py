"""LLDP: who is heard on which port, as lldpd tells it or as one table (IEEE 802.1AB)."""

from __future__ import annotations

import re

from netdoctor.model.facts import LldpNeighbor
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.linux import lldp_text
from netdoctor.platforms.sonic.reading import Read, Row, cell, is_port, on_request, read_table
from netdoctor.platforms.values import mac_address


@command(
    "show lldp neighbors",
    area="lldp",
    gives=(LldpNeighbor,),
    aliases=("show lldp neighbors {options*}", "lldpshow -d[ {options*}]", "lldpctl[ {options*}]"),
)
def neighbors(output: str) -> Read:
    """A block a neighbour; newer releases print a table when one port is asked for."""
    yield from lldp_text.neighbors(output) if "Interface:" in output else table(output)


@command(
    "show lldp table",
    area="lldp",
    gives=(LldpNeighbor,),
    arguments=on_request,
    aliases=("show lldp table {options*}", "lldpshow[ {options*}]"),
)
def table(output: str) -> Read:
    """A line a neighbour."""
    yield from read_table(output, _row)
    if re.search(
        r"Total entries displayed: +0|LocalPort +RemoteDevice|^LLDP neighbors", output, re.MULTILINE
    ):
        yield EMPTY


def _row(row: Row) -> Read:
    port = cell(row, "localport")
    if port is None or not is_port(port):
        raise ValueError("not a port")
    far, described = cell(row, "remoteportid"), cell(row, "remoteportdescr")
    if far and described and mac_address(far) and is_port(described):
        far = described
    yield LldpNeighbor(interface=port, neighbor_device=cell(row, "remotedevice"), neighbor_interface=far)
