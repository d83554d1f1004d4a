"""How NX-OS packs tables into JSON, and writes durations, names and times."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from netdoctor.lab.hardware import Port
from netdoctor.lab.render import View
from netdoctor.lab.render.text import as_json

NOT_RUNNING = "Note:  process currently not running\n"
"""What a protocol says that is not configured, or whose process is dead."""

TAG = "1"
"""What the processes of OSPF and IS-IS are called here."""

Row = dict[str, Any]


def table(name: str, rows: Sequence[Row]) -> Row:
    """`TABLE_x` and `ROW_x`: one row stands alone, none takes the table with it."""
    if not rows:
        return {}
    return {f"TABLE_{name}": {f"ROW_{name}": rows[0] if len(rows) == 1 else list(rows)}}


def document(*parts: Row) -> str:
    """The answer to `| json`, on one line as NX-OS sends it; blank where there is nothing to tell."""
    whole = {key: value for part in parts for key, value in part.items()}
    return as_json(whole, None) if whole else ""


def period(seconds: float) -> str:
    """A duration as JSON has it (ISO 8601): `P2DT16H8M52S`, `PT7S`."""
    days, rest = divmod(max(int(seconds), 0), 86_400)
    hours, rest = divmod(rest, 3600)
    minutes, secs = divmod(rest, 60)
    times = [f"{amount}{unit}" for amount, unit in ((hours, "H"), (minutes, "M"), (secs, "S")) if amount]
    date = f"{days}D" if days else ""
    return f"P{date}{'T' if times else ''}{''.join(times)}" if date or times else "PT0S"


def clock(seconds: float) -> str:
    """A duration as text has it: `00:12:09`, `3d04h`, `5w1d`."""
    days, rest = divmod(max(int(seconds), 0), 86_400)
    hours, rest = divmod(rest, 3600)
    minutes, secs = divmod(rest, 60)
    if days >= 7:
        return f"{days // 7}w{days % 7}d"
    return f"{days}d{hours:02d}h" if days else f"{hours:02d}:{minutes:02d}:{secs:02d}"


def flapped(seconds: float) -> str:
    """When a link last changed: as above, but `5week(s) 1day(s)`."""
    weeks, days = divmod(int(seconds) // 86_400, 7)
    return f"{weeks}week(s) {days}day(s)" if weeks else clock(seconds)


def short(name: str) -> str:
    """`Ethernet1/49` as `Eth1/49`, as tables have it."""
    return name.replace("Ethernet", "Eth").replace("loopback", "Lo")


def chosen(view: View, interface: str | None) -> list[Port]:
    """The ports that a command speaks of, the management port first as NX-OS lists them."""
    ports = [port for port in view.device.ports.values() if interface in (None, port.name)]
    return sorted(ports, key=lambda port: (port.kind != "management", _number(port.name)))


def _number(name: str) -> int:
    return int("".join(filter(str.isdigit, name.rpartition("/")[2])) or 0)


def vrf(port: Port) -> str:
    return "management" if port.kind == "management" else "default"


def truth(value: bool) -> str:
    return "true" if value else "false"
