"""How the EOS command line behaves around its commands."""

from __future__ import annotations

from netdoctor.lab.manner import Manner, Seat, page_lines

PRIVILEGED = "% Invalid input (privileged mode required)\n"


class Eos(Manner):
    server_version = "OpenSSH_8.7"
    more = " --More-- "

    def obey(self, seat: Seat, line: str) -> str | None:
        words = line.split()
        if words in (["enable"], ["disable"]):
            seat.privileged = words == ["enable"]
            return ""
        if words[:2] == ["terminal", "length"] and len(words) == 3:
            seat.page_lines = page_lines(line)
            return f"Pagination set to {words[2]} lines.\n" if seat.page_lines else "Pagination disabled.\n"
        if words[:2] == ["terminal", "width"] and len(words) == 3:
            return f"Width set to {words[2]} columns.\n"
        return None

    def refusal(self, line: str, *, privileged: bool) -> str | None:
        """What only a privileged user may see."""
        return PRIVILEGED if line.startswith("show running-config") and not privileged else None


MANNER = Eos()
