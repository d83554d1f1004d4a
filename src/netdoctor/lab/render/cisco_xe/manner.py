"""How the IOS command line behaves around its commands."""

from __future__ import annotations

from netdoctor.lab.manner import Manner, Seat, page_lines
from netdoctor.lab.render import Reply

INVALID = "                   ^\n% Invalid input detected at '^' marker.\n\n"


class Ios(Manner):
    server_version = "Cisco-1.25"
    more = " --More-- "
    privileged = True
    channels_max = 1
    lasting = False

    def obey(self, seat: Seat, line: str) -> str | None:
        words = line.split()
        if words in (["enable"], ["disable"]):
            seat.privileged = words == ["enable"]
            return ""
        if words[:2] == ["terminal", "length"] and len(words) == 3 and words[2].isdigit():
            seat.page_lines = page_lines(line)
            return ""
        if words[:2] == ["terminal", "width"] and len(words) == 3 and words[2].isdigit():
            return ""
        return None

    def refusal(self, line: str, *, privileged: bool) -> str | None:
        """What only a privileged user may see."""
        return INVALID if line.startswith("show running-config") and not privileged else None

    def unknown(self, line: str) -> Reply:
        return Reply(INVALID, status=1)


MANNER = Ios()
