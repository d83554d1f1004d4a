"""How the SR Linux command line behaves around its commands."""

from __future__ import annotations

from netdoctor.lab.hardware import Device
from netdoctor.lab.manner import Manner, Seat
from netdoctor.lab.render import Reply


class SrLinux(Manner):
    server_version = "OpenSSH_9.2p1 Debian-2+deb12u3"
    leave = frozenset({"exit", "quit", "logout"})
    channels_max = 1

    def greeting(self, device: Device) -> str:
        return (
            "Welcome to the srlinux CLI.\nType 'help' (and press <ENTER>) if you need any help using this.\n"
        )

    def prompt(self, device: Device, seat: Seat) -> str:
        return f"--{{ running }}--[  ]--\nA:{device.name}# "

    def obey(self, seat: Seat, line: str) -> str | None:
        return "" if line.startswith("environment ") else None

    def unknown(self, line: str) -> Reply:
        """The word that is not understood is unknown to us too: the whole line is named."""
        return Reply(f"Parsing error: Unknown token '{line}'.\n", status=1)


MANNER = SrLinux()
