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
from .topology import NODES, USER, host_prefix, link

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
    """True when both ends have lost their BGP session: one may know before the other."""
    return lambda fabric: not (fabric.established(node, peer) or fabric.established(peer, node))


def bfd_lost(node: str, peer: str) -> Symptom:
    """True when BFD of `node` has missed the packets of `peer`."""
    address = link(node, peer).far(node).address
    return lambda fabric: any(
        session["peer"] == address and session["status"] != "up"
        for session in fabric.show(node, "show bfd peers")
    )


def hears(node: str, interface: str, neighbor: str) -> Symptom:
    """True when LLDP of `node` hears `neighbor`, and nobody else, on an interface."""

    def shows(fabric: Fabric) -> bool:
        answer = fabric.run(node, ["lldpcli", "-f", "json0", "show", "neighbors", "ports", interface])
        heard = json.loads(answer)["lldp"][0].get("interface", [])
        return [entry["chassis"][0]["name"][0]["value"] for entry in heard] == [neighbor]

    return shows


def may_not(node: str, program: str) -> Injection:
    """Takes the right to run one program as root from the on-call user."""

    def inject(fabric: Fabric) -> None:
        rights = fabric.machines[node].inside(f"/etc/sudoers.d/{USER}")
        rights.write_text(rights.read_text().replace(program, "/bin/false"))

    return inject


def never_up(node: str, address: str) -> Symptom:
    """True when `node` has begun to look for the neighbour `address`, and has no session with it."""

    def shows(fabric: Fabric) -> bool:
        neighbor = fabric.show(node, f"show bgp neighbors {address}").get(address, {})
        return neighbor.get("bgpState") in {"Connect", "Active"}

    return shows


def adjacency_down(node: str, peer: str) -> Symptom:
    """True when both ends have lost their OSPF adjacency: one may wait for its dead interval."""
    return lambda fabric: not (fabric.adjacent(node, peer) or fabric.adjacent(peer, node))


def adjacency_up(node: str, peer: str) -> Symptom:
    return lambda fabric: fabric.adjacent(node, peer) and fabric.adjacent(peer, node)


def one_way(node: str, peer: str) -> Symptom:
    """True when `node` hears OSPF of `peer`, and is not heard by it."""
    interface = link(node, peer).end(node).interface

    def shows(fabric: Fabric) -> bool:
        found = fabric.show(node, "show ip ospf neighbor").get("neighbors", {})
        return any(
            entry["nbrState"].startswith("Init") and entry["ifaceName"].startswith(f"{interface}:")
            for entries in found.values()
            for entry in entries
        )

    return shows


def prefix_gone(node: str, leaf: str) -> Symptom:
    """True when `node` no longer has a usable route to the hosts behind `leaf`."""
    return lambda fabric: not fabric.reaches(node, host_prefix(leaf))


def settled(node: str, peer: str) -> Symptom:
    """True when the session has stood long enough to carry all it will."""
    return lambda fabric: bool(fabric.session(node, peer).get("bgpTimerUpMsec", 0) >= _SETTLED_MS)


def nothing_accepted(node: str, peer: str) -> Symptom:
    """True when the session has stood for a while and `node` holds no prefix from `peer`."""
    has_had_time = settled(node, peer)

    def shows(fabric: Fabric) -> bool:
        family = fabric.session(node, peer).get("addressFamilyInfo", {}).get("ipv4Unicast", {})
        return has_had_time(fabric) and family.get("acceptedPrefixCounter") == 0

    return shows


def queue_drops(node: str, interface: str) -> Symptom:
    def shows(fabric: Fabric) -> bool:
        queues = json.loads(fabric.run(node, ["tc", "-s", "-j", "qdisc", "show", "dev", interface]))
        return any(queue.get("drops", 0) > 0 for queue in queues)

    return shows


def filter_hits(node: str) -> Symptom:
    """True when a counting rule of the packet filter has seen a packet."""

    def shows(fabric: Fabric) -> bool:
        entries = json.loads(fabric.run(node, ["nft", "-j", "list", "ruleset"]))["nftables"]
        statements = [one for entry in entries for one in entry.get("rule", {}).get("expr", [])]
        return any(one.get("counter", {}).get("packets", 0) > 0 for one in statements)

    return shows


def both(*symptoms: Symptom) -> Symptom:
    return lambda fabric: all(symptom(fabric) for symptom in symptoms)
