"""SONiC's shell: Bash with sonic-utilities, and vtysh, which hands its commands to FRR's container."""

from __future__ import annotations

from netdoctor.lab.hardware import Device
from netdoctor.lab.manner import Find, Seat
from netdoctor.lab.render import Reply, View
from netdoctor.lab.render.linux.manner import SUDO, Shell

_LOGO = r"""You are on
  ____   ___  _   _ _  ____
 / ___| / _ \| \ | (_)/ ___|
 \___ \| | | |  \| | | |
  ___) | |_| | |\  | | |___
 |____/ \___/|_| \_|_|\____|

-- Software for Open Networking in the Cloud --

Unauthorized access and/or use are prohibited.
All access and/or use are subject to monitoring.

Help:    https://sonic-net.github.io/SONiC/

"""
_USAGE = (
    'Usage: show [OPTIONS] COMMAND [ARGS]...\nTry "show -h" for help.\n\nError: No such command "{word}".\n'
)
USAGE_ERROR = 2
"""What click ends with when it is called in a way that it does not know."""


class SonicShell(Shell):
    """Bash of the user `admin`; `show` is a program, which names the word that it does not know."""

    server_version = "OpenSSH_8.4p1 Debian-5+deb11u2"

    def greeting(self, device: Device) -> str:
        return f"Linux {device.name} 5.10.0-23-2-amd64 #1 SMP Debian 5.10.179-3 x86_64\n{_LOGO}"

    def prompt(self, device: Device, seat: Seat) -> str:
        return f"oncall@{device.name}:~{'#' if seat.privileged else '$'} "

    def reply(self, view: View, line: str, find: Find) -> Reply:
        command = line.removeprefix(SUDO)
        if command.startswith("show ") and find(command) is None:
            return Reply("", _USAGE.format(word=command.split()[1]), USAGE_ERROR)
        return super().reply(view, line, find)


MANNER = SonicShell()
