"""How SONiC is spoken to: a Linux shell, one program a command."""

from __future__ import annotations

import re

from netdoctor.platforms.base import Dialect, Recognition, Refusal
from netdoctor.platforms.linux.dialect import DIALECT as LINUX
from netdoctor.platforms.sonic.questions import QUESTIONS
from netdoctor.platforms.sonic.readonly import ALLOW

__all__ = ["ALLOW", "DIALECT", "QUESTIONS", "TITLE", "normalise_interface"]

TITLE = "SONiC"

_REFUSALS = (
    Refusal(
        re.compile(r"\A\s*(?:Root privileges are required|Must be run as root|Permission denied)", re.I),
        "not_authorised",
    ),
    Refusal(
        re.compile(r"\A\s*(?:Got|got) permission denied while trying to connect to the Docker daemon"),
        "not_authorised",
    ),
    Refusal(re.compile(r"\A\s*Usage: [^\n]+(?:\n[^\n]*)*?\nError: ", re.I), "unsupported"),
    Refusal(
        re.compile(
            r"\A\s*Error: (?:No such (?:command|option|container)|Got unexpected|Missing )",
            re.I,
        ),
        "unsupported",
    ),
    Refusal(
        re.compile(r"\A\s*Error(?: response from daemon)?: [^\n]*(?:No such container|is not running)", re.I),
        "unsupported",
    ),
)

DIALECT = Dialect(
    mode="exec",
    prompt=LINUX.prompt,
    refusals=(*_REFUSALS, *LINUX.refusals),
    max_channels=4,
    elevate="sudo -n ",
    search="/usr/sbin/",
    recognise_by="show version",
    recognitions=(
        Recognition("output", re.compile(r"^ *SONiC Software Version: ", re.MULTILINE)),
        Recognition(
            "banner",
            re.compile(
                r"You are on\s+(?:[^\n]*\n){0,10}[^\n]*-- Software for Open Networking in the Cloud --"
            ),
        ),
    ),
)
"""Every `show` starts a Python program on the device: four at once are enough for its processor."""

_LONG = {
    "e": "Ethernet",
    "et": "Ethernet",
    "eth": "Ethernet",
    "ethernet": "Ethernet",
    "po": "PortChannel",
    "portchannel": "PortChannel",
    "lo": "Loopback",
    "loopback": "Loopback",
    "vl": "Vlan",
    "vlan": "Vlan",
}
_NAME = re.compile(r"([A-Za-z][A-Za-z-]*?)[- ]*(\d[\d/.:]*)", re.ASCII)
_KERNEL = frozenset({"eth0", "eth1", "lo", "docker0"})


def normalise_interface(name: str) -> str:
    """`Eth4`, `po1` and `vlan100` as SONiC writes them; `eth0` is the management port."""
    plain = name.strip().partition("@")[0]
    found = _NAME.fullmatch(plain)
    long = _LONG.get(found[1].lower().replace("-", "")) if found and plain not in _KERNEL else None
    if found is None or long is None:
        return plain
    # `Ethernet-BP4` and `PortChannel0001` keep what makes them a name of their own.
    return f"{long}{found[2]}"
