"""The sixteen faults that the project promises to name, each alone."""

from __future__ import annotations

from .fault import (
    CONGESTION,
    L1S1,
    NO_NEIGHBOR,
    SESSION_DOWN,
    SPINE1,
    TBF,
    Fault,
    named,
    prefix_at,
    queues_of,
)
from .inject import (
    all_of,
    at_once,
    bgp,
    bgp_ipv4,
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
from .topology import host_prefix

PROMISED: tuple[Fault, ...] = (
    Fault(
        "wrong_remote_as",
        bgp("leaf1", f"neighbor {SPINE1} remote-as 65099"),
        SESSION_DOWN,
        named("bgp.asn_mismatch", L1S1.sessions),
    ),
    Fault(
        "password_on_one_end",
        bgp("leaf1", f"neighbor {SPINE1} password Sesame-1"),
        SESSION_DOWN,
        named("bgp.auth_mismatch", L1S1.sessions),
    ),
    Fault(
        "neighbor_shut",
        bgp("leaf1", f"neighbor {SPINE1} shutdown"),
        SESSION_DOWN,
        named("bgp.admin_shutdown", L1S1.sessions),
    ),
    Fault(
        "prefix_limit",
        bgp_ipv4("leaf1", f"neighbor {SPINE1} maximum-prefix 2"),
        SESSION_DOWN,
        named("bgp.max_prefix", L1S1.sessions),
    ),
    Fault(
        "policy_rejects_all",
        all_of(
            configure("leaf1", "route-map FROM-SPINE deny 10"),
            bgp_ipv4("leaf1", f"neighbor {SPINE1} route-map FROM-SPINE in"),
        ),
        nothing_accepted("leaf1", "spine1"),
        named("bgp.policy_rejects", L1S1.sessions),
    ),
    Fault(
        "port_179_filtered",
        nft(
            "leaf1",
            "input",
            f"ip saddr {SPINE1} tcp dport 179 counter drop",
            f"ip saddr {SPINE1} tcp sport 179 counter drop",
        ),
        SESSION_DOWN,
        named("bgp.port_blocked", L1S1.sessions),
    ),
    Fault(
        "ttl_security_on_one_end",
        bgp("leaf1", f"neighbor {SPINE1} ttl-security hops 1"),
        SESSION_DOWN,
        named("bgp.ttl_security", L1S1.sessions),
    ),
    Fault(
        "prefix_not_advertised",
        bgp_ipv4("leaf1", f"no network {host_prefix('leaf1')}"),
        prefix_gone("spine1", "leaf1"),
        named("bgp.missing_advertisement", prefix_at("leaf1", leaf="leaf1")),
    ),
    Fault(
        "interface_shut",
        shell("leaf1", "ip link set swp1 down"),
        SESSION_DOWN,
        named("interface.admin_down", L1S1.places),
    ),
    Fault(
        "mtu_differs",
        shell("leaf1", "ip link set swp1 mtu 1400"),
        at_once,
        named("mtu.link_mismatch", L1S1.places),
    ),
    Fault(
        "routing_daemon_dead",
        kill("leaf1", "bgpd"),
        session_down("spine1", "leaf1"),
        named("bgp.daemon_down", {"device:leaf1"}),
    ),
    Fault(
        "ospf_area",
        ospf_interface("leaf1", "spine1", "no ip ospf area 0", "ip ospf area 1"),
        NO_NEIGHBOR,
        named("ospf.area_mismatch", L1S1.adjacencies),
        variant="ospf",
    ),
    Fault(
        "ospf_timers",
        ospf_interface("leaf1", "spine1", "ip ospf hello-interval 5", "ip ospf dead-interval 20"),
        NO_NEIGHBOR,
        named("ospf.timer_mismatch", L1S1.adjacencies),
        variant="ospf",
    ),
    Fault(
        "queue_full",
        all_of(shell("leaf1", f"tc qdisc add dev swp3 {TBF}"), load("host2", "host1", rate_mbps=15)),
        queue_drops("leaf1", "swp3"),
        named(CONGESTION, queues_of("leaf1", "swp3")),
    ),
    Fault(
        "null_route",
        configure("leaf1", f"ip route {host_prefix('leaf2')} Null0"),
        prefix_gone("leaf1", "leaf2"),
        named("forwarding.null_route", prefix_at("leaf1", leaf="leaf2")),
    ),
    Fault(
        "management_down",
        shell("leaf1", "ip link set eth0 down"),
        at_once,
        named("device.management_unreachable", {"device:leaf1"}),
    ),
)
