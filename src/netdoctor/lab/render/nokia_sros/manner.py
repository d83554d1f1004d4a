"""How the MD-CLI behaves around its commands."""

from __future__ import annotations

from netdoctor.lab.hardware import Device
from netdoctor.lab.manner import Manner, Seat
from netdoctor.lab.render import Reply


class MdCli(Manner):
    server_version = "OpenSSH_8.8"
    more = "Press any key to continue (Q to quit)"
    channels_max = 1

    def prompt(self, device: Device, seat: Seat) -> str:
        return f"\n[/]\nA:oncall@{device.name}# "

    def obey(self, seat: Seat, line: str) -> str | None:
        words = line.split()
        if words[:2] == ["environment", "more"] and len(words) == 3:
            seat.page_lines = 0 if words[2] == "false" else 24
            return ""
        if words[:3] == ["environment", "console", "width"]:
            return ""
        if words[:1] == ["environment"]:
            return _unknown(words[-2] if len(words) > 2 else words[-1])
        return None

    def unknown(self, line: str) -> Reply:
        words = line.split()
        return Reply(_unknown(words[1] if len(words) > 1 and words[0] == "show" else words[0]), status=1)


def _unknown(word: str) -> str:
    return f"              ^\nMINOR: MGMT_CORE #2201: Unknown element - '{word}'\n"


MANNER = MdCli()
