"""How the Junos command line behaves around its commands."""

from __future__ import annotations

import re

from netdoctor.lab.hardware import Device
from netdoctor.lab.manner import Manner, Seat, page_lines
from netdoctor.lab.render import Reply

_MODE = re.compile(r"set cli (?:screen-length|screen-width|complete-on-space|timestamp|idle-timeout)\b[^|;]*")


class Junos(Manner):
    server_version = "OpenSSH_8.8"
    more = "---(more)---"

    def greeting(self, device: Device) -> str:
        return f"--- JUNOS {device.os_version} Kernel 64-bit  JNPR-12.1-20230928.1e2b4c9_buil\n"

    def prompt(self, device: Device, seat: Seat) -> str:
        return f"{{master:0}}\noncall@{device.name}> "

    def obey(self, seat: Seat, line: str) -> str | None:
        if not _MODE.fullmatch(line):
            return None
        if line.startswith("set cli screen-length"):
            seat.page_lines = page_lines(line)
        words = line.split()
        return f"{words[2].replace('-', ' ').capitalize()} set to {words[-1]}\n"

    def unknown(self, line: str) -> Reply:
        """The caret stands under the first word that is not known."""
        return Reply(f"{' ' * len(line.rpartition(' ')[0])}^\nsyntax error, expecting <command>.\n", status=1)


MANNER = Junos()
