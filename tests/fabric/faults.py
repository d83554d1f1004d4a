"""The faults, each alone: how it is put in, what must show first, and what a right diagnosis names.

The first sixteen are the ones the project promises; the others are what else goes wrong in such a fabric.
To add one, add a row.
"""

from __future__ import annotations

from typing import NamedTuple

from .fabric import Fabric
from .inject import (
    Injection,
    Symptom,
    adjacency_down,
    all_of,
    at_once,
    bgp,
    bgp_ipv4,
    both,
    configure,
    kill,
    load,
    nft,
    nothing_accepted,
    ospf_interface,
    prefix_gone,
    queue_drops,
    session_down,
    shell,
)
from .topology import Variant, host_prefix, link

L1S1 = link("leaf1", "spine1")
L1S2 = link("leaf1", "spine2")
L1H1 = link("leaf1", "host1")
SPINE1 = L1S1.upper.address
LEAF1 = L1S1.lower.address

_DOWN = session_down("leaf1", "spine1")
_NO_NEIGHBOR = adjacency_down("leaf1", "spine1")
_TBF = "root tbf rate 5mbit burst 10kb limit 30kb"


class Expected(NamedTuple):
    """What may be named: any of these causes at any of these places."""

    causes: frozenset[str]
    places: frozenset[str]


class Fault(NamedTuple):
    """One fault. `expected` has one member for each thing that is wrong."""

    name: str
    inject: Injection
    shows: Symptom
    expected: tuple[Expected, ...]
    target: str = "leaf1"
    variant: Variant = "bgp"
    options: tuple[str, ...] = ()

    def put_in(self, fabric: Fabric) -> None:
        """Injects it and waits until it shows. Raises NotReached when it does not."""
        self.inject(fabric)
        fabric.until(lambda: self.shows(fabric), f"{self.name} shows")


def _is(causes: str, places: frozenset[str] | set[str]) -> tuple[Expected, ...]:
    return (Expected(frozenset(causes.split()), frozenset(places)),)


def _prefix(*nodes: str, leaf: str) -> set[str]:
    return {f"prefix:{node}/{host_prefix(leaf)}" for node in nodes}


def _queue(node: str, interface: str) -> set[str]:
    """The interface and whatever its queues are called."""
    return {f"interface:{node}/{interface}", f"queue:{node}/{interface}"}


_CONGESTION = (
    "qos.policer qos.queue_limit congestion.sustained congestion.microburst congestion.elephant_flow"
)

PROMISED: tuple[Fault, ...] = (
    Fault(
        "wrong_remote_as",
        bgp("leaf1", f"neighbor {SPINE1} remote-as 65099"),
        _DOWN,
        _is("bgp.asn_mismatch", L1S1.sessions),
    ),
    Fault(
        "password_on_one_end",
        bgp("leaf1", f"neighbor {SPINE1} password Sesame-1"),
        _DOWN,
        _is("bgp.auth_mismatch", L1S1.sessions),
    ),
    Fault(
        "neighbor_shut",
        bgp("leaf1", f"neighbor {SPINE1} shutdown"),
        _DOWN,
        _is("bgp.admin_shutdown", L1S1.sessions),
    ),
    Fault(
        "prefix_limit",
        bgp_ipv4("leaf1", f"neighbor {SPINE1} maximum-prefix 2"),
        _DOWN,
        _is("bgp.max_prefix", L1S1.sessions),
    ),
    Fault(
        "policy_rejects_all",
        all_of(
            configure("leaf1", "route-map FROM-SPINE deny 10"),
            bgp_ipv4("leaf1", f"neighbor {SPINE1} route-map FROM-SPINE in"),
        ),
        nothing_accepted("leaf1", "spine1"),
        _is("bgp.policy_rejects", L1S1.sessions),
    ),
    Fault(
        "port_179_filtered",
        nft(
            "leaf1",
            "input",
            f"ip saddr {SPINE1} tcp dport 179 counter drop",
            f"ip saddr {SPINE1} tcp sport 179 counter drop",
        ),
        _DOWN,
        _is("bgp.port_blocked", L1S1.sessions),
    ),
    Fault(
        "ttl_security_on_one_end",
        bgp("leaf1", f"neighbor {SPINE1} ttl-security hops 1"),
        _DOWN,
        _is("bgp.ttl_security", L1S1.sessions),
    ),
    Fault(
        "prefix_not_advertised",
        bgp_ipv4("leaf1", f"no network {host_prefix('leaf1')}"),
        prefix_gone("spine1", "leaf1"),
        _is("bgp.missing_advertisement", _prefix("leaf1", leaf="leaf1")),
    ),
    Fault(
        "interface_shut",
        shell("leaf1", "ip link set swp1 down"),
        _DOWN,
        _is("interface.admin_down", L1S1.places),
    ),
    Fault(
        "mtu_differs",
        shell("leaf1", "ip link set swp1 mtu 1400"),
        at_once,
        _is("mtu.link_mismatch", L1S1.places),
    ),
    Fault(
        "routing_daemon_dead",
        kill("leaf1", "bgpd"),
        session_down("spine1", "leaf1"),
        _is("bgp.daemon_down", {"device:leaf1"}),
    ),
    Fault(
        "ospf_area",
        ospf_interface("leaf1", "spine1", "no ip ospf area 0", "ip ospf area 1"),
        _NO_NEIGHBOR,
        _is("ospf.area_mismatch", L1S1.adjacencies),
        variant="ospf",
    ),
    Fault(
        "ospf_timers",
        ospf_interface("leaf1", "spine1", "ip ospf hello-interval 5", "ip ospf dead-interval 20"),
        _NO_NEIGHBOR,
        _is("ospf.timer_mismatch", L1S1.adjacencies),
        variant="ospf",
    ),
    Fault(
        "queue_full",
        all_of(shell("leaf1", f"tc qdisc add dev swp3 {_TBF}"), load("host2", "host1", rate_mbps=15)),
        queue_drops("leaf1", "swp3"),
        _is(_CONGESTION, _queue("leaf1", "swp3")),
    ),
    Fault(
        "null_route",
        configure("leaf1", f"ip route {host_prefix('leaf2')} Null0"),
        prefix_gone("leaf1", "leaf2"),
        _is("forwarding.null_route", _prefix("leaf1", leaf="leaf2")),
    ),
    Fault(
        "management_down",
        shell("leaf1", "ip link set eth0 down"),
        at_once,
        _is("device.management_unreachable", {"device:leaf1"}),
    ),
)

OTHERS: tuple[Fault, ...] = (
    Fault(
        "wrong_remote_as_at_spine",
        bgp("spine1", f"neighbor {LEAF1} remote-as 65099"),
        _DOWN,
        _is("bgp.asn_mismatch", L1S1.sessions),
    ),
    Fault(
        "passwords_differ",
        all_of(
            bgp("leaf1", f"neighbor {SPINE1} password Sesame-1"),
            bgp("spine1", f"neighbor {LEAF1} password Sesame-2"),
        ),
        _DOWN,
        _is("bgp.auth_mismatch", L1S1.sessions),
    ),
    Fault(
        "password_at_spine",
        bgp("spine1", f"neighbor {LEAF1} password Sesame-1"),
        _DOWN,
        _is("bgp.auth_mismatch", L1S1.sessions),
    ),
    Fault(
        "neighbor_shut_at_spine",
        bgp("spine1", f"neighbor {LEAF1} shutdown"),
        _DOWN,
        _is("bgp.admin_shutdown", L1S1.sessions),
    ),
    Fault(
        "neighbor_missing_at_spine",
        bgp("spine1", f"no neighbor {LEAF1}"),
        _DOWN,
        _is("bgp.peer_missing", L1S1.sessions),
    ),
    Fault(
        "prefix_limit_at_spine",
        bgp_ipv4("spine1", f"neighbor {LEAF1} maximum-prefix 1"),
        _DOWN,
        _is("bgp.max_prefix", L1S1.sessions),
    ),
    Fault(
        "prefix_list_rejects_all",
        all_of(
            configure("leaf1", "ip prefix-list NOTHING seq 5 deny any"),
            bgp_ipv4("leaf1", f"neighbor {SPINE1} prefix-list NOTHING in"),
        ),
        nothing_accepted("leaf1", "spine1"),
        _is("bgp.policy_rejects", L1S1.sessions),
    ),
    Fault(
        "policy_required",
        all_of(bgp("leaf1", "bgp ebgp-requires-policy"), shell("leaf1", "vtysh -c 'clear bgp *'")),
        nothing_accepted("leaf1", "spine1"),
        _is("bgp.policy_rejects", L1S1.sessions | L1S2.sessions),
    ),
    Fault(
        "export_policy_at_spine",
        all_of(
            configure("spine1", "route-map TO-LEAF deny 10"),
            bgp_ipv4("spine1", f"neighbor {LEAF1} route-map TO-LEAF out"),
        ),
        nothing_accepted("leaf1", "spine1"),
        _is("bgp.policy_rejects bgp.missing_advertisement", L1S1.sessions),
    ),
    Fault(
        "family_not_activated",
        bgp_ipv4("leaf1", f"no neighbor {SPINE1} activate"),
        at_once,
        _is("bgp.afi_mismatch", L1S1.sessions),
    ),
    Fault(
        "port_179_filtered_at_spine",
        nft(
            "spine1", "input", f"ip saddr {LEAF1} tcp dport 179 drop", f"ip saddr {LEAF1} tcp sport 179 drop"
        ),
        _DOWN,
        _is("bgp.port_blocked", L1S1.sessions),
    ),
    Fault(
        "port_179_rejected",
        nft("leaf1", "input", "tcp dport 179 reject with tcp reset", "tcp sport 179 reject with tcp reset"),
        _DOWN,
        _is("bgp.port_blocked", L1S1.sessions | L1S2.sessions | {"device:leaf1"}),
    ),
    Fault(
        "ttl_security_at_spine",
        bgp("spine1", f"neighbor {LEAF1} ttl-security hops 1"),
        _DOWN,
        _is("bgp.ttl_security", L1S1.sessions),
    ),
    Fault(
        "multihop_missing",
        bgp("leaf1", "neighbor 10.1.1.2 remote-as 65002"),
        at_once,
        _is("bgp.multihop_ttl bgp.peer_missing", {"bgp:leaf1/10.1.1.2"}),
    ),
    Fault(
        "prefix_not_advertised_seen_from_spine",
        bgp_ipv4("leaf1", f"no network {host_prefix('leaf1')}"),
        prefix_gone("spine1", "leaf1"),
        _is("bgp.missing_advertisement", _prefix("leaf1", leaf="leaf1")),
        target="spine1",
    ),
    Fault(
        "bfd_filtered",
        nft("leaf1", "input", f"ip saddr {SPINE1} udp dport 3784 counter drop"),
        lambda fabric: any(peer["status"] != "up" for peer in fabric.show("leaf1", "show bfd peers")),
        _is("bgp.bfd_down acl.drop", L1S1.sessions | {"device:leaf1"}),
    ),
    Fault(
        "spine_interface_shut",
        shell("spine1", "ip link set swp1 down"),
        _DOWN,
        _is("interface.admin_down", L1S1.places),
    ),
    Fault(
        "interface_shut_by_configuration",
        configure("leaf1", "interface swp1", "shutdown"),
        _DOWN,
        _is("interface.admin_down", L1S1.places),
    ),
    Fault(
        "host_interface_shut",
        shell("leaf1", "ip link set swp3 down"),
        prefix_gone("spine1", "leaf1"),
        _is("interface.admin_down", L1H1.places | {"link:leaf1/swp3--?"}),
    ),
    Fault(
        "mtu_differs_at_spine",
        shell("spine1", "ip link set swp1 mtu 9000"),
        at_once,
        _is("mtu.link_mismatch", L1S1.places),
    ),
    Fault(
        "spine_routing_daemon_dead",
        kill("spine1", "bgpd"),
        _DOWN,
        _is("bgp.daemon_down", {"device:spine1"}),
    ),
    Fault(
        "spine_powered_off",
        shell("spine1", "for port in swp1 swp2 swp3 eth0; do ip link set $port down; done"),
        _DOWN,
        _is("device.unreachable", {"device:spine1"}),
    ),
    Fault(
        "ssh_daemon_dead",
        shell("leaf1", "kill -KILL $(cat /run/sshd.pid)"),
        at_once,
        _is("device.management_unreachable", {"device:leaf1"}),
    ),
    Fault(
        "forwarding_disabled",
        shell("leaf1", "sysctl -qw net.ipv4.ip_forward=0"),
        at_once,
        _is("forwarding.disabled", {"device:leaf1"}),
    ),
    Fault(
        "kernel_blackhole",
        shell("leaf1", f"ip route add blackhole {host_prefix('leaf2')}"),
        prefix_gone("leaf1", "leaf2"),
        _is("forwarding.null_route", _prefix("leaf1", leaf="leaf2")),
    ),
    Fault(
        "null_route_at_spine",
        configure("spine1", f"ip route {host_prefix('leaf2')} Null0"),
        prefix_gone("spine1", "leaf2"),
        _is("forwarding.null_route", _prefix("spine1", leaf="leaf2")),
    ),
    Fault(
        "uplink_queue_full",
        all_of(
            shell("leaf1", f"tc qdisc add dev swp1 {_TBF}"),
            load("host1", "host2", rate_mbps=30, flows=16),
        ),
        queue_drops("leaf1", "swp1"),
        _is(_CONGESTION, _queue("leaf1", "swp1")),
    ),
    Fault(
        "traffic_filtered",
        all_of(
            nft("leaf1", "forward", "udp dport 5001 counter drop"),
            load("host1", "host2", rate_mbps=1),
        ),
        at_once,
        _is("acl.drop", {"device:leaf1"}),
    ),
    Fault(
        "ospf_dead_interval",
        ospf_interface("spine1", "leaf1", "ip ospf dead-interval 40"),
        _NO_NEIGHBOR,
        _is("ospf.timer_mismatch", L1S1.adjacencies),
        variant="ospf",
    ),
    Fault(
        "ospf_authentication",
        ospf_interface(
            "leaf1",
            "spine1",
            "ip ospf authentication message-digest",
            "ip ospf message-digest-key 1 md5 Sesame",
        ),
        _NO_NEIGHBOR,
        _is("ospf.auth_mismatch", L1S1.adjacencies),
        variant="ospf",
    ),
    Fault(
        "ospf_passive",
        ospf_interface("leaf1", "spine1", "ip ospf passive"),
        _NO_NEIGHBOR,
        _is("ospf.passive_interface", L1S1.adjacencies | {L1S1.lower.entity}),
        variant="ospf",
    ),
    Fault(
        "ospf_network_type",
        ospf_interface("leaf1", "spine1", "ip ospf network broadcast"),
        at_once,
        _is("ospf.network_type_mismatch", L1S1.adjacencies),
        variant="ospf",
    ),
    Fault(
        "ospf_mtu",
        all_of(
            shell("leaf1", "ip link set swp1 mtu 1400"),
            shell("leaf1", "ip link set swp1 down; sleep 1; ip link set swp1 up"),
        ),
        _NO_NEIGHBOR,
        _is("ospf.mtu_mismatch mtu.link_mismatch", L1S1.adjacencies | L1S1.places),
        variant="ospf",
    ),
    Fault(
        "ospf_duplicate_router_id",
        all_of(
            configure("leaf1", "router ospf", "ospf router-id 10.1.0.1"),
            shell("leaf1", "vtysh -c 'clear ip ospf process'"),
        ),
        _NO_NEIGHBOR,
        _is("ospf.duplicate_router_id", {"device:leaf1", "device:spine1"}),
        variant="ospf",
    ),
    Fault(
        "ospf_interface_shut",
        shell("leaf1", "ip link set swp1 down"),
        _NO_NEIGHBOR,
        _is("interface.admin_down", L1S1.places),
        variant="ospf",
    ),
    Fault(
        "ospf_daemon_dead",
        kill("leaf1", "ospfd"),
        adjacency_down("spine1", "leaf1"),
        _is("bgp.daemon_down", {"device:leaf1"}),
        variant="ospf",
    ),
)

DOUBLES: tuple[Fault, ...] = (
    Fault(
        "wrong_remote_as_and_interface_shut",
        all_of(
            bgp("leaf1", f"neighbor {SPINE1} remote-as 65099"),
            shell("leaf1", "ip link set swp2 down"),
        ),
        both(_DOWN, session_down("leaf1", "spine2")),
        _is("bgp.asn_mismatch", L1S1.sessions) + _is("interface.admin_down", L1S2.places),
    ),
    Fault(
        "policy_and_null_route",
        all_of(
            configure(
                "leaf1", "route-map FROM-SPINE deny 10", "exit", f"ip route {host_prefix('leaf3')} Null0"
            ),
            bgp_ipv4("leaf1", f"neighbor {SPINE1} route-map FROM-SPINE in"),
        ),
        both(nothing_accepted("leaf1", "spine1"), prefix_gone("leaf1", "leaf3")),
        _is("bgp.policy_rejects", L1S1.sessions)
        + _is("forwarding.null_route", _prefix("leaf1", leaf="leaf3")),
    ),
)

FAULTS: dict[str, Fault] = {fault.name: fault for fault in (*PROMISED, *OTHERS, *DOUBLES)}
