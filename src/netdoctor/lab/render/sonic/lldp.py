"""Neighbours as lldpctl prints them."""

from __future__ import annotations

from netdoctor.lab.hardware import Port
from netdoctor.lab.render import View, answers
from netdoctor.lab.render.text import clock_text, system_description

RULE = "-" * 79


@answers("show lldp neighbors", "show lldp neighbors {interface}")
def neighbors(view: View, interface: str | None = None) -> str:
    ports = [port for port in view.device.ports.values() if interface in (None, port.name)]
    heard = "".join(_heard(port, view) for port in ports)
    return f"{RULE}\nLLDP neighbors:\n{RULE}\n{heard}"


def _heard(port: Port, view: View) -> str:
    far = port.far
    if far is None or not port.oper_up or not far.device.powered:
        return ""
    days, rest = divmod(int(view.at - port.last_change_at), 86400)
    age = f"{days} day{'' if days == 1 else 's'}, {clock_text(rest)}"
    return (
        f"Interface:    {port.name}, via: LLDP, RID: {port.index}, Time: {age}\n"
        "  Chassis:\n"
        f"    ChassisID:    mac {far.device.mac}\n"
        f"    SysName:      {far.device.name}\n"
        f"    SysDescr:     {system_description(far.device)}\n"
        f"    MgmtIP:       {far.device.management_address}\n"
        "    Capability:   Bridge, on\n"
        "    Capability:   Router, on\n"
        "  Port:\n"
        f"    PortID:       ifname {far.name}\n"
        f"    PortDescr:    {far.description or far.name}\n"
        "    TTL:          120\n"
        f"{RULE}\n"
    )
