"""Building a fabric: machines first, then cables between them, then what runs on each."""

from __future__ import annotations

import subprocess
from pathlib import Path

from . import services
from .machine import StartedMachine
from .topology import HOSTS, LINKS, MANAGEMENT, OPERATOR_ADDRESS, ROUTERS, Variant, inventory

OPERATOR = "operator"
"""The machine that netdoctor runs on: it reaches the routers through the management network alone."""


DESK = "/run/desk"
"""The operator's home, in that machine's memory: a key, the routers' host keys, an inventory, run files."""


def build(variant: Variant, machines: dict[str, StartedMachine]) -> None:
    """Starts all machines into `machines`, so that the caller can stop them even when a later one fails.

    Raises MachineError.
    """
    for node in ROUTERS:
        machines[node.name] = StartedMachine(node.name, services.HIDDEN)
    for name in (*(node.name for node in HOSTS), OPERATOR):
        machines[name] = StartedMachine(name)
    _settle(machines)
    _lay_cables({name: machine.pid for name, machine in machines.items()})
    host_key, authorized_key = _furnish(machines[OPERATOR].inside(DESK))
    for node in HOSTS:
        machines[node.name].write(services.host_files(node))
        machines[node.name].tell(services.host_script(node))
    for node in ROUTERS:
        machines[node.name].write(services.router_files(node, variant, host_key, authorized_key))
        machines[node.name].tell(services.router_script(node, variant))
    machines[OPERATOR].tell(_management_script())
    _settle(machines)


def _settle(machines: dict[str, StartedMachine]) -> None:
    for machine in machines.values():
        machine.settle()


def _lay_cables(pid: dict[str, int]) -> None:
    """Veth pairs, made in place, so that no name of theirs is ever seen outside."""
    cables = [
        f"link add {item.upper.interface} netns {pid[item.upper.node]} type veth "
        f"peer name {item.lower.interface} netns {pid[item.lower.node]}"
        for item in LINKS
    ]
    cables += [
        f"link add {node.name} netns {pid[OPERATOR]} type veth peer name eth0 netns {pid[node.name]}"
        for node in ROUTERS
    ]
    subprocess.run(["ip", "-batch", "-"], input="\n".join(cables) + "\n", text=True, check=True)


def _furnish(desk: Path) -> tuple[str, str]:
    """Writes the operator's files; the routers' host key and the operator's public key come back."""
    desk.mkdir()
    for name in ("host_key", "id_ed25519"):
        keygen = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", str(desk / name)]
        subprocess.run(keygen, check=True)
    public = (desk / "host_key.pub").read_text()
    known_hosts = "".join(f"{node.management} {public}" for node in ROUTERS)
    (desk / "known_hosts").write_text(known_hosts)
    (desk / "netdoctor.yaml").write_text(inventory(f"{DESK}/id_ed25519", f"{DESK}/known_hosts"))
    host_key = (desk / "host_key").read_text()
    (desk / "host_key").unlink()
    return host_key, (desk / "id_ed25519.pub").read_text()


def _management_script() -> str:
    ports = "\n".join(f"link set {node.name} master mgmt up" for node in ROUTERS)
    return f"""ip -batch - <<'END'
link set lo up
link add mgmt type bridge
address add {OPERATOR_ADDRESS}/{MANAGEMENT.rpartition("/")[2]} dev mgmt
link set mgmt up
{ports}
END"""
