"""The fabric itself: what stands on it, what an on-call user may see, and that nothing of it stays."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from .fabric import Fabric
from .inject import kill
from .machine import MachineError, StartedMachine
from .topology import HOSTS, NODES, ROUTERS, USER, Node, link, links_of, neighbors_of

pytestmark = pytest.mark.fabric


@pytest.fixture(scope="module")
def fabric() -> Iterator[Fabric]:
    with Fabric() as built:
        yield built


@pytest.fixture(scope="module")
def ospf_fabric() -> Iterator[Fabric]:
    with Fabric("ospf") as built:
        yield built


@pytest.mark.parametrize("node", ROUTERS, ids=lambda node: node.name)
def test_every_session_is_established(fabric: Fabric, node: Node) -> None:
    states = {peer: fabric.session(node.name, peer)["bgpState"] for peer in neighbors_of(node.name)}
    assert set(states.values()) == {"Established"}, states


@pytest.mark.parametrize("node", ROUTERS, ids=lambda node: node.name)
def test_every_adjacency_is_full(ospf_fabric: Fabric, node: Node) -> None:
    assert all(ospf_fabric.adjacent(node.name, peer) for peer in neighbors_of(node.name))


@pytest.mark.parametrize("node", NODES.values(), ids=lambda node: node.name)
def test_lldp_tells_both_ends_of_every_link(fabric: Fabric, node: Node) -> None:
    answer = json.loads(fabric.run(node.name, ["lldpcli", "-f", "json0", "show", "neighbors"]))
    heard = {
        (entry["name"], entry["chassis"][0]["name"][0]["value"], entry["port"][0]["descr"][0]["value"])
        for entry in answer["lldp"][0]["interface"]
    }
    cables = [(item.end(node.name), item.far(node.name)) for item in links_of(node.name)]
    assert heard >= {(near.interface, far.node, far.interface) for near, far in cables}


def test_hosts_reach_each_other(fabric: Fabric) -> None:
    for host in HOSTS[1:]:
        address = links_of(host.name)[0].end(host.name).address
        assert "1 received" in fabric.run("host1", ["ping", "-c1", "-W2", address])


def test_a_router_sees_its_own_name_and_processes_alone(fabric: Fabric) -> None:
    assert fabric.run("leaf2", ["hostname"]).strip() == "leaf2"
    processes = fabric.run("leaf2", ["ps", "-eo", "comm="]).split()
    assert processes.count("bgpd") == 1


def _ssh(fabric: Fabric, command: str) -> subprocess.CompletedProcess[str]:
    options = ["-i", "id_ed25519", "-o", "UserKnownHostsFile=known_hosts", "-o", "BatchMode=yes"]
    return fabric.operator(["ssh", *options, f"{USER}@{NODES['leaf1'].management}", command])


@pytest.mark.parametrize(
    ("command", "allowed"),
    [
        ("vtysh -c 'show version'", True),
        ("ip -j link", True),
        ("sudo -n lldpcli -f json show neighbors", True),
        ("sudo -n nft -j list ruleset", True),
        ("nft -j list ruleset", False),
        ("sudo -n id", False),
    ],
)
def test_the_user_on_call_may_read_and_no_more(fabric: Fabric, command: str, allowed: bool) -> None:
    done = _ssh(fabric, command)
    assert (done.returncode == 0) is allowed, done.stderr


def test_the_operator_reaches_routers_by_management_alone(fabric: Fabric) -> None:
    routes = json.loads(fabric.operator(["ip", "-j", "route"]).stdout)
    assert [route["dst"] for route in routes] == ["10.255.0.0/24"]


def test_a_dead_daemon_leaves_no_zombie_and_is_not_restarted(ospf_fabric: Fabric) -> None:
    kill("leaf3", "ospfd")(ospf_fabric)
    ospf_fabric.until(lambda: not ospf_fabric.adjacent("spine1", "leaf3"), "leaf3 is missed")
    assert "ospfd" not in ospf_fabric.run("leaf3", ["ps", "-eo", "comm="])


def _namespaces(pid: int | str) -> set[str]:
    """The network, mount and PID namespaces of a process; none when it is gone or not ours to see."""
    try:
        return {str(Path(f"/proc/{pid}/ns/{kind}").readlink()) for kind in ("net", "mnt", "pid_for_children")}
    except OSError:
        return set()


def _inhabitants(namespaces: set[str]) -> set[Path]:
    """The processes that have one of these namespaces."""
    return {entry for entry in Path("/proc").glob("[0-9]*") if _namespaces(entry.name) & namespaces}


def _started_at(process: Path) -> str:
    """Clock ticks since boot (proc(5), stat field 22): with the PID it tells a process from its successor."""
    try:
        return (process / "stat").read_text().rpartition(")")[2].split()[19]
    except OSError:
        return ""


def _traces() -> dict[str, object]:
    """What a careless fabric would leave on the host."""
    run = subprocess.run(["ip", "netns", "list"], capture_output=True, text=True, check=True)
    links = subprocess.run(["ip", "-br", "link"], capture_output=True, text=True, check=True)
    watched = [
        "/etc",
        "/etc/frr",
        "/etc/ssh",
        "/etc/sudoers.d",
        "/etc/lldpd.d",
        "/etc/netns",
        "/run",
        "/run/frr",
    ]
    watched += ["/var/log", "/var/log/frr", "/var/tmp", "/home"]
    return {
        "netns": run.stdout,
        "links": [line.split()[0] for line in links.stdout.splitlines()],
        "mounts": Path("/proc/self/mountinfo").read_text(),
        "files": {
            folder: sorted((item.name, item.lstat().st_mtime_ns) for item in Path(folder).iterdir())
            for folder in watched
            if Path(folder).is_dir()
        },
    }


def test_it_goes_down_without_a_trace() -> None:
    before = _traces()
    with Fabric() as fabric:
        own = _namespaces("self")
        namespaces = set().union(*(_namespaces(machine.pid) for machine in fabric.machines.values())) - own
        processes = {process: _started_at(process) for process in _inhabitants(namespaces)}
        assert len(processes) > 5 * len(ROUTERS)
    assert _still_there(processes) == []
    assert _traces() == before


def _still_there(processes: dict[Path, str]) -> list[Path]:
    # Not told by namespace: the kernel gives a dead one's number to the next, which may be another fabric's.
    return [
        process
        for process, started_at in processes.items()
        if started_at and started_at == _started_at(process)
    ]


_HOLDER = """
import sys, time
from tests.fabric.machine import StartedMachine
machine = StartedMachine("leaf1")
machine.settle()
machine.tell("setsid sleep 600 >/dev/null 2>&1 &")
machine.settle()
print(machine.pid, flush=True)
time.sleep(600)
"""


def test_the_death_of_its_holder_takes_it_down() -> None:
    root = Path(__file__).parents[2]
    holder = subprocess.Popen([sys.executable, "-c", _HOLDER], cwd=root, stdout=subprocess.PIPE, text=True)
    assert holder.stdout is not None
    try:
        namespaces = _namespaces(int(holder.stdout.readline())) - _namespaces("self")
        processes = {process: _started_at(process) for process in _inhabitants(namespaces)}
        assert len(processes) > 2
    finally:
        holder.kill()
        holder.communicate()
    give_up_at = time.monotonic() + 10
    while _still_there(processes) and time.monotonic() < give_up_at:
        time.sleep(0.05)
    assert _still_there(processes) == []


def test_a_machine_that_cannot_start_says_why() -> None:
    machine = StartedMachine("leaf1", hidden=["/no/such/folder"])
    with pytest.raises(MachineError, match="no/such/folder"):
        machine.settle()
    machine.stop()


def test_a_link_that_is_not_there_is_an_error() -> None:
    with pytest.raises(LookupError, match="leaf1 and leaf2"):
        link("leaf1", "leaf2")
