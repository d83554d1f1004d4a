"""How the NX-OS command line behaves around its commands."""

from __future__ import annotations

from netdoctor.lab.hardware import Device
from netdoctor.lab.manner import Manner, Seat, page_lines
from netdoctor.lab.render import Reply

GREETING = (
    "Cisco Nexus Operating System (NX-OS) Software\n"
    "TAC support: http://www.cisco.com/tac\n"
    "Copyright (C) 2002-2024, Cisco and/or its affiliates.\n"
    "All rights reserved.\n"
)


class Nxos(Manner):
    server_version = "OpenSSH_8.3p1 CiscoSSH 1.9.29"
    more = "--More--"
    privileged = True
    channels_max = 8

    def greeting(self, device: Device) -> str:
        return GREETING

    def prompt(self, device: Device, seat: Seat) -> str:
        return f"{device.name}# "

    def obey(self, seat: Seat, line: str) -> str | None:
        words = line.split()
        if words[:2] == ["terminal", "length"] and len(words) == 3:
            seat.page_lines = page_lines(line)
            return ""
        if words[:2] == ["terminal", "width"] and len(words) == 3:
            return ""
        return None

    def unknown(self, line: str) -> Reply:
        """NX-OS marks the place where it no longer understood."""
        return Reply(f"{' ' * len(line.split()[0])} ^\n% Invalid command at '^' marker.\n", status=1)


MANNER = Nxos()
