"""How the IOS-XR command line behaves around its commands."""

from __future__ import annotations

from netdoctor.lab.hardware import Device
from netdoctor.lab.manner import Manner, Seat, page_lines
from netdoctor.lab.render import Reply


class Xr(Manner):
    server_version = "Cisco-2.0"
    more = " --More-- "
    privileged = True
    channels_max = 1
    lasting = False

    def greeting(self, device: Device) -> str:
        return "\n\n"

    def prompt(self, device: Device, seat: Seat) -> str:
        return f"RP/0/RP0/CPU0:{device.name}#"

    def obey(self, seat: Seat, line: str) -> str | None:
        words = line.split()
        if words[:2] == ["terminal", "length"] and len(words) == 3:
            seat.page_lines = page_lines(line)
            return ""
        return "" if words[:2] == ["terminal", "width"] and len(words) == 3 else None

    def unknown(self, line: str) -> Reply:
        """The caret stands under the first word that XR does not know."""
        return Reply(f"{'^':>24}\n% Invalid input detected at '^' marker.\n", status=1)


MANNER = Xr()
