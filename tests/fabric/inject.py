"""How faults are put in and how their symptoms are seen: small functions that the tables are written with.

An injection is what changes the running fabric; a symptom is what must show before a diagnosis is fair.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

from . import traffic
from .fabric import Fabric
from .topology import NODES, host_prefix, link

Injection = Callable[[Fabric], None]
Symptom = Callable[[Fabric], bool]

_TRAFFIC_S = 120
_SETTLED_MS = 10_000
"""A session younger than this may yet be filled, so that nobody may blame it for being empty."""


def configure(node: str, *lines: str) -> Injection:
    """Lines of FRR configuration."""
    return lambda fabric: fabric.configure(node, *lines)


def bgp(node: str, *lines: str) -> Injection:
    return configure(node, f"router bgp {NODES[node].asn}", *lines)


def bgp_ipv4(node: str, *lines: str) -> Injection:
    return bgp(node, "address-family ipv4 unicast", *lines)


def ospf_interface(node: str, peer: str, *lines: str) -> Injection:
    """OSPF settings of the interface of `node` that leads to `peer`."""
    return configure(node, f"interface {link(node, peer).end(node).interface}", *lines)


def shell(node: str, command: str) -> Injection:
    """A command line as root."""

    def inject(fabric: Fabric) -> None:
        fabric.run(node, ["sh", "-c", command])

    return inject


def nft(node: str, chain: str, *rules: str) -> Injection:
    """Filter rules in one base chain: `input`, `output` or `forward`."""
    lines = [
        "table inet filter {",
        f"chain {chain} {{",
        f"type filter hook {chain} priority 0;",
        *rules,
        "}",
        "}",
    ]

    def inject(fabric: Fabric) -> None:
        fabric.run(node, ["nft", "-f", "-"], text="\n".join(lines))

    return inject


def kill(node: str, daemon: str) -> Injection:
    """Ends one FRR daemon as a crash would."""
    return shell(node, f"kill -KILL $(cat /run/frr/{daemon}.pid)")


def load(sender: str, receiver: str, *, rate_mbps: float, flows: int = 1) -> Injection:
    """UDP from host to host, until the fabric goes down."""

    def start(fabric: Fabric) -> None:
        program = [sys.executable, str(Path(traffic.__file__))]
        address = link(receiver, receiver.replace("host", "leaf")).end(receiver).address
        fabric.start(receiver, [*program, "receive", str(_TRAFFIC_S)])
        fabric.start(sender, [*program, "send", address, str(rate_mbps), str(flows), str(_TRAFFIC_S)])

    return start


def all_of(*injections: Injection) -> Injection:
    def inject(fabric: Fabric) -> None:
        for injection in injections:
            injection(fabric)

    return inject


def at_once(_: Fabric) -> bool:
    """For what is there as soon as it is configured."""
    return True


def session_down(node: str, peer: str) -> Symptom:
    return lambda fabric: not fabric.established(node, peer)


def never_up(node: str, address: str) -> Symptom:
    """True when `node` has begun to look for the neighbour `address`, and has no session with it."""

    def shows(fabric: Fabric) -> bool:
        neighbor = fabric.show(node, f"show bgp neighbors {address}").get(address, {})
        return neighbor.get("bgpState") in {"Connect", "Active"}

    return shows


def adjacency_down(node: str, peer: str) -> Symptom:
    return lambda fabric: not fabric.adjacent(node, peer)


def prefix_gone(node: str, leaf: str) -> Symptom:
    """True when `node` no longer has a usable route to the hosts behind `leaf`."""
    return lambda fabric: not fabric.reaches(node, host_prefix(leaf))


def nothing_accepted(node: str, peer: str) -> Symptom:
    """True when the session has stood for a while and `node` holds no prefix from `peer`."""

    def shows(fabric: Fabric) -> bool:
        session = fabric.session(node, peer)
        family = session.get("addressFamilyInfo", {}).get("ipv4Unicast", {})
        settled: bool = session.get("bgpTimerUpMsec", 0) >= _SETTLED_MS
        return settled and family.get("acceptedPrefixCounter") == 0

    return shows


def queue_drops(node: str, interface: str) -> Symptom:
    def shows(fabric: Fabric) -> bool:
        queues = json.loads(fabric.run(node, ["tc", "-s", "-j", "qdisc", "show", "dev", interface]))
        return any(queue.get("drops", 0) > 0 for queue in queues)

    return shows


def both(*symptoms: Symptom) -> Symptom:
    return lambda fabric: all(symptom(fabric) for symptom in symptoms)
