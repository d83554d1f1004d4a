"""Interfaces in tables: `brief`, `description`, addresses, and the sparse list of older tools."""

from __future__ import annotations

import re

from netdoctor.model.facts import Interface
from netdoctor.platforms.base import EMPTY, command
from netdoctor.platforms.cisco_xr.dialect import normalise_interface
from netdoctor.platforms.cisco_xr.interfaces import admin_up, below, header_bytes, kind_of
from netdoctor.platforms.cisco_xr.reading import each_block, each_line, on_request
from netdoctor.platforms.text import Block, Line, Read, fields
from netdoctor.platforms.values import count, mac_address, text

_STATE = r"(?:up|down|admin-down|deleted|shutdown|unknown|not-ready|inactive|prebundle|standby)"
_NAME = r"[A-Za-z][A-Za-z-]{0,20}\d[\w/.:-]{0,40}"
_BRIEF = re.compile(
    rf"^ {{0,24}}(?P<name>{_NAME})\*? +(?P<state>{_STATE}) +(?P<protocol>{_STATE}) +"
    rf"(?P<encap>\S.*?) +(?P<mtu>\d+) +(?P<kbps>\d+)\s*$"
)


@command(
    "show interfaces brief",
    area="interface",
    gives=(Interface,),
    arguments=on_request,
    aliases=(
        "show interface brief",
        "show interfaces {interface*} brief",
        "show interface {interface*} brief",
    ),
)
def brief(output: str) -> Read:
    yield from each_line(output, _brief_row)


def _brief_row(line: Line) -> Read:
    if found := _BRIEF.match(line.text):
        name = normalise_interface(found["name"])
        yield Interface(
            interface=name,
            admin_up=admin_up(found["state"]),
            oper_up=found["protocol"] == "up",
            mtu_bytes=count(found["mtu"]),
            mtu_header_bytes=header_bytes(name),
            speed_bps=int(found["kbps"]) * 1000 or None,
            kind=kind_of(name),
            lower_layer=below(name),
        )


_DESCRIBED = re.compile(
    rf"^ {{0,24}}(?P<name>{_NAME}) +(?P<state>{_STATE}) +(?P<protocol>{_STATE})(?: +(?P<description>\S.*))?$"
)


@command(
    "show interfaces description",
    area="interface",
    gives=(Interface,),
    arguments=on_request,
    aliases=("show interface description", "show interfaces {interface*} description"),
)
def descriptions(output: str) -> Read:
    yield from each_line(output, _described)


def _described(line: Line) -> Read:
    if found := _DESCRIBED.match(line.text):
        name = normalise_interface(found["name"])
        yield Interface(
            interface=name,
            admin_up=admin_up(found["state"]),
            oper_up=found["protocol"] == "up",
            description=found["description"],
            kind=kind_of(name),
            lower_layer=below(name),
        )


_ADDRESSED = re.compile(
    rf"^ {{0,24}}(?P<name>{_NAME}) +(?P<address>unassigned|unnumbered|[\d.]+(?:/\d+)?) +"
    r"(?P<state>[A-Z][a-z]+(?: \w+)?) +(?P<protocol>[A-Z][a-z]+)(?: +(?P<vrf>\S+))?\s*$"
)


@command(
    "show ipv4 vrf all interface brief",
    area="interface",
    gives=(Interface,),
    arguments=on_request,
    aliases=(
        "show ipv4 interface brief",
        "show ipv4 vrf {vrf} interface brief",
        "show ip interface brief",
        "show ip vrf {vrf} interface brief",
        "show ip int brief",
    ),
)
def addresses(output: str) -> Read:
    """Addresses without their prefix lengths are no `addresses`: only state and VRF are told."""
    yield from each_line(output, _addressed)


def _addressed(line: Line) -> Read:
    if found := _ADDRESSED.match(line.text):
        name = normalise_interface(found["name"])
        address = found["address"]
        yield Interface(
            interface=name,
            admin_up=admin_up(found["state"]),
            oper_up=found["protocol"] == "Up",
            addresses=(address,) if address[0].isdigit() else None,
            vrf=found["vrf"],
            kind=kind_of(name),
            lower_layer=below(name),
        )


_DISABLED = re.compile(
    rf"^ {{0,24}}(?P<name>{_NAME}) +(?P<reason>[A-Za-z][\w-]*(?: [\w-]+){{0,6}}?) {{2,}}(?:-+|\d+) +\S*\d/"
)
_DISABLED_HEAD = re.compile(r"^ *Interface +Error-Disable reason", re.M | re.I)


@command("show error-disable", area="interface", gives=(Interface,))
def error_disabled(output: str) -> Read:
    """The ports that a protection has switched off, and which one did."""
    yield from each_line(output, _disabled)
    if _DISABLED_HEAD.search(output) and not any(map(_DISABLED.match, output.splitlines())):
        yield EMPTY


def _disabled(line: Line) -> Read:
    if found := _DISABLED.match(line.text):
        name = normalise_interface(found["name"])
        yield Interface(
            interface=name, oper_up=False, oper_reason=f"err-disabled ({found['reason']})", kind=kind_of(name)
        )


_UNSET = {"0.0.0.0", "0.0.0.0/"}  # noqa: S104 - what a device prints for no address
_SPARSE = re.compile(r"^ *Interface name : +(?P<name>\S+)", re.M)


@command(
    "show interface sparse",
    area="interface",
    gives=(Interface,),
    arguments=on_request,
    aliases=("show interfaces sparse", "show interface[s] {interface*} sparse"),
)
def sparse(output: str) -> Read:
    yield from each_block(output, _SPARSE, _sparse)


def _sparse(block: Block) -> Read:
    said = fields(block.text)
    name = normalise_interface(block.head["name"])
    state, duplex = said.get("admin state", ""), said.get("duplexity", "").lower()
    address = text(said.get("ipv4 address"))
    kbps = count(said.get("max. bandwidth (kbit)"))
    yield Interface(
        interface=name,
        admin_up=state == "up" if state else None,
        oper_up=said["operational state"] == "up",
        mac=mac_address(said.get("mac address")),
        addresses=(address,) if address and address[0].isdigit() and address[:8] not in _UNSET else None,
        mtu_bytes=count(said.get("mtu (in bytes)")),
        speed_bps=kbps * 1000 if kbps else None,
        duplex="full" if duplex.startswith("full") else "half" if duplex.startswith("half") else None,
        kind=kind_of(name),
    )
