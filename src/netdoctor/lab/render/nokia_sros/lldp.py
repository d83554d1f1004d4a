"""Neighbours by LLDP, in tables."""

from __future__ import annotations

from collections.abc import Iterator

from netdoctor.lab.hardware import Port
from netdoctor.lab.render import View, answers
from netdoctor.lab.render.nokia_sros.state_ports import heard
from netdoctor.lab.render.nokia_sros.words import LINE, RULE, pair, shown, shown_at
from netdoctor.lab.render.text import system_description

SCOPES = "NB = nearest-bridge   NTPMR = nearest-non-tpmr   NC = nearest-customer"


@answers("show system lldp neighbor")
def neighbors(view: View) -> str:
    found = [(port, far) for port in view.device.ports.values() if (far := heard(port))]
    head = "Lcl Port      Scope Remote Chassis ID  Index  Remote Port     Remote Sys Name"
    return shown(
        [
            "Link Layer Discovery Protocol (LLDP) System Information",
            "",
            RULE,
            SCOPES,
            RULE,
            head,
            LINE,
            *(_row(port, far) for port, far in found),
            RULE,
            f"Number of neighbors : {len(found)}",
        ]
    )


def _row(port: Port, far: Port) -> str:
    return (
        f"{port.name:<14}NB    {far.device.mac.upper():<19}{port.index:<7}"
        f"{_cut(far.name):<16}{_cut(far.device.name)}"
    )


def _cut(word: str) -> str:
    """A column is so wide; what does not fit ends with a star."""
    return word if len(word) <= 15 else f"{word[:14]}*"


@answers(
    "show port {interface} ethernet lldp remote-info detail",
    "show port {interface} ethernet lldp remote-info",
)
def detail(view: View, interface: str) -> str:
    port = view.device.ports.get(interface)
    far = heard(port) if port else None
    lines = list(_peer(port, far, view)) if port and far else ["No remote peers found"]
    return shown(
        [
            "",
            RULE[:-1],
            "Link Layer Discovery Protocol (LLDP) Port Information",
            RULE[:-1],
            f"Port {interface} Bridge nearest-bridge Remote Peer Information",
            LINE,
            *lines,
            RULE[:-1],
        ]
    )


def _peer(port: Port, far: Port, view: View) -> Iterator[str]:
    device = far.device
    yield f"Remote Peer Index {port.index} at timestamp {shown_at(port.last_change_at + 6.0, view)}:"
    for name, value in (
        ("Supported Caps", "bridge router"),
        ("Enabled Caps", "router"),
        ("Chassis Id Subtype", "4 (macAddress)"),
        ("Chassis Id", device.mac.upper()),
        ("PortId Subtype", "5 (interfaceName)"),
        ("Port Id", ":".join(f"{ord(letter):02X}" for letter in far.name)),
    ):
        yield pair(f"{name:<22}", value)
    yield f'{"":<24}"{far.name}"'
    yield pair(f"{'Port Description':<22}", far.description)
    yield pair(f"{'System Name':<22}", device.name)
    first, *more = system_description(device).splitlines()
    yield pair(f"{'System Description':<22}", first)
    yield from (f"{'':<24}{line}" for line in more)
    yield pair(f"{'Age':<22}", f"{int(view.at - port.last_change_at)} seconds")
