"""Which routing daemons run, and which are meant to.

A daemon listens on a socket that vtysh talks to (`bgpd.vty`) for as long as it lives; the file of that
socket, and the one with its process id, stay behind when it dies. So the kernel's list of listening
sockets says what runs, and the files say what ran: both belong to the router's own namespace, where a
list of processes shows those of every container.
"""

from __future__ import annotations

import re
from typing import Final

from netdoctor.model.facts import RoutingProcess
from netdoctor.platforms.base import EMPTY, NotUnderstood, command
from netdoctor.platforms.linux.reading import Read, lines
from netdoctor.platforms.linux.vtysh import PROTOCOLS, also, vtysh

_LISTENING: Final = 0x10000
"""SO_ACCEPTCON in the flags of /proc/net/unix."""
_SOCKET = re.compile(r"^[0-9a-fA-F]+: [0-9A-F]{8} [0-9A-F]{8} ([0-9A-F]{8}) \d{4} \d\d +\d+ (\S+)$")
_DAEMON_FILE = re.compile(r"(?:^|\s)(\w+)\.(?:pid|vty)$")
_SETTING = re.compile(r"^(\w+)=(yes|no)\b")


@command("cat /proc/net/unix", area="device", gives=(RoutingProcess,))
def sockets(output: str) -> Read:
    """The daemons that listen. A daemon of FRR that does not is told as not running."""
    if not output.strip():
        return
    if "RefCount" not in output.partition("\n")[0]:
        raise NotUnderstood("not a list of sockets")
    listening = [
        found[2].rpartition("/")[2]
        for _, line in lines(output)
        if (found := _SOCKET.match(line)) and int(found[1], 16) & _LISTENING
    ]
    for daemon, protocol in PROTOCOLS.items():
        yield RoutingProcess(protocol=protocol, name=daemon, running=f"{daemon}.vty" in listening)
    if "lldpd.socket" in listening:
        yield RoutingProcess(protocol="lldp", name="lldpd", running=True)


@command(
    "ls /var/run/frr",
    area="device",
    gives=(RoutingProcess,),
    aliases=("ls /run/frr", "ls -l /var/run/frr", "ls -l /run/frr"),
)
def files(output: str) -> Read:
    """The daemons that run or ran since the last reboot: this router means to have them."""
    if not output.strip():
        return
    found = {match[1] for _, line in lines(output) if (match := _DAEMON_FILE.search(line))}
    yield from _configured(found)
    if not found & set(PROTOCOLS):
        yield EMPTY


@command("cat /etc/frr/daemons", area="device", gives=(RoutingProcess,), privileged=True)
def daemons(output: str) -> Read:
    """What FRR's start script is told to start. `no` says nothing: daemons may be started otherwise."""
    if not output.strip():
        return
    settings = [found for _, line in lines(output) if (found := _SETTING.match(line.strip()))]
    if not settings:
        raise NotUnderstood("no daemon is named")
    wanted = {found[1] for found in settings if found[2] == "yes"}
    yield from _configured(wanted)
    if not wanted & set(PROTOCOLS):
        yield EMPTY


def _configured(found: set[str]) -> Read:
    for daemon, protocol in PROTOCOLS.items():
        if daemon in found:
            yield RoutingProcess(protocol=protocol, name=daemon, configured=True)


@command(
    vtysh("show daemons"),
    area="device",
    gives=(RoutingProcess,),
    arguments=lambda facts: (),
    aliases=also("show daemons"),
)
def answering(output: str) -> Read:
    """The daemons that answer vtysh, as pasted."""
    if not output.strip():
        return
    names = set(output.split())
    if not names & {*PROTOCOLS, "staticd"}:
        raise NotUnderstood(f"no daemon in {output.strip()[:80]!r}")
    for daemon, protocol in PROTOCOLS.items():
        yield RoutingProcess(protocol=protocol, name=daemon, running=daemon in names)
