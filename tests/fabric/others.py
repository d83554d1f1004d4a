"""What else goes wrong in such a fabric: the other end, another way, another protocol, two at once."""

from __future__ import annotations

from .fault import (
    CONGESTION,
    L1H1,
    L1S1,
    L1S2,
    LEAF1,
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
    adjacency_down,
    adjacency_up,
    all_of,
    at_once,
    bfd_lost,
    bgp,
    bgp_ipv4,
    both,
    configure,
    filter_hits,
    hears,
    kill,
    load,
    may_not,
    never_up,
    nft,
    nothing_accepted,
    one_way,
    ospf_interface,
    prefix_gone,
    queue_drops,
    session_down,
    settled,
    shell,
)
from .topology import host_prefix

_SWAP = """
ip link set swp1 down; ip link set swp2 down
ip link set swp1 name other; ip link set swp2 name swp1; ip link set other name swp2
ip address flush dev swp1; ip address flush dev swp2
ip address add 10.0.1.1/31 dev swp1; ip address add 10.0.2.1/31 dev swp2
ip link set swp1 up; ip link set swp2 up
"""
"""What leaf1 sees when its two uplinks are plugged into each other's port."""
_SWAPPED = {"link:leaf1/swp1--spine2/swp1", "link:leaf1/swp2--spine1/swp1"}

OTHERS: tuple[Fault, ...] = (
    Fault(
        "wrong_remote_as_at_spine",
        bgp("spine1", f"neighbor {LEAF1} remote-as 65099"),
        SESSION_DOWN,
        named("bgp.asn_mismatch", L1S1.sessions),
    ),
    Fault(
        "passwords_differ",
        all_of(
            bgp("leaf1", f"neighbor {SPINE1} password Sesame-1"),
            bgp("spine1", f"neighbor {LEAF1} password Sesame-2"),
        ),
        SESSION_DOWN,
        named("bgp.auth_mismatch", L1S1.sessions),
    ),
    Fault(
        "password_at_spine",
        bgp("spine1", f"neighbor {LEAF1} password Sesame-1"),
        SESSION_DOWN,
        named("bgp.auth_mismatch", L1S1.sessions),
    ),
    Fault(
        "neighbor_shut_at_spine",
        bgp("spine1", f"neighbor {LEAF1} shutdown"),
        SESSION_DOWN,
        named("bgp.admin_shutdown", L1S1.sessions),
    ),
    Fault(
        "neighbor_missing_at_spine",
        bgp("spine1", f"no neighbor {LEAF1}"),
        SESSION_DOWN,
        named("bgp.peer_missing", L1S1.sessions),
    ),
    Fault(
        "prefix_limit_at_spine",
        bgp_ipv4("spine1", f"neighbor {LEAF1} maximum-prefix 1"),
        SESSION_DOWN,
        named("bgp.max_prefix", L1S1.sessions),
    ),
    Fault(
        "prefix_list_rejects_all",
        all_of(
            configure("leaf1", "ip prefix-list NOTHING seq 5 deny any"),
            bgp_ipv4("leaf1", f"neighbor {SPINE1} prefix-list NOTHING in"),
        ),
        nothing_accepted("leaf1", "spine1"),
        named("bgp.policy_rejects", L1S1.sessions),
    ),
    Fault(
        "policy_required",
        all_of(bgp("leaf1", "bgp ebgp-requires-policy"), shell("leaf1", "vtysh -c 'clear bgp *'")),
        both(nothing_accepted("leaf1", "spine1"), nothing_accepted("leaf1", "spine2")),
        named("bgp.policy_rejects", L1S1.sessions | L1S2.sessions),
    ),
    Fault(
        "export_policy_at_spine",
        all_of(
            configure("spine1", "route-map TO-LEAF deny 10"),
            bgp_ipv4("spine1", f"neighbor {LEAF1} route-map TO-LEAF out"),
        ),
        nothing_accepted("leaf1", "spine1"),
        named("bgp.policy_rejects bgp.missing_advertisement", L1S1.sessions),
    ),
    Fault(
        "family_not_activated",
        bgp_ipv4("leaf1", f"no neighbor {SPINE1} activate"),
        SESSION_DOWN,
        named("bgp.afi_mismatch", L1S1.sessions),
    ),
    Fault(
        "port_179_filtered_at_spine",
        nft(
            "spine1", "input", f"ip saddr {LEAF1} tcp dport 179 drop", f"ip saddr {LEAF1} tcp sport 179 drop"
        ),
        SESSION_DOWN,
        named("bgp.port_blocked", L1S1.sessions),
    ),
    Fault(
        "port_179_rejected",
        nft("leaf1", "input", "tcp dport 179 reject with tcp reset", "tcp sport 179 reject with tcp reset"),
        SESSION_DOWN,
        named("bgp.port_blocked", L1S1.sessions | L1S2.sessions | {"device:leaf1"}),
    ),
    Fault(
        "ttl_security_at_spine",
        bgp("spine1", f"neighbor {LEAF1} ttl-security hops 1"),
        SESSION_DOWN,
        named("bgp.ttl_security", L1S1.sessions),
    ),
    Fault(
        "multihop_missing",
        bgp("leaf1", "neighbor 10.1.1.2 remote-as 65002"),
        never_up("leaf1", "10.1.1.2"),
        named("bgp.multihop_ttl bgp.peer_missing", {"bgp:leaf1/10.1.1.2"}),
    ),
    Fault(
        "prefix_not_advertised_seen_from_spine",
        bgp_ipv4("leaf1", f"no network {host_prefix('leaf1')}"),
        prefix_gone("spine1", "leaf1"),
        named("bgp.missing_advertisement", prefix_at("leaf1", leaf="leaf1")),
        target="spine1",
    ),
    Fault(
        "bfd_filtered",
        nft("leaf1", "input", f"ip saddr {SPINE1} udp dport 3784 counter drop"),
        lambda fabric: any(peer["status"] != "up" for peer in fabric.show("leaf1", "show bfd peers")),
        named("bgp.bfd_down acl.drop", L1S1.sessions | {"device:leaf1"}),
    ),
    Fault(
        "spine_interface_shut",
        shell("spine1", "ip link set swp1 down"),
        SESSION_DOWN,
        named("interface.admin_down", L1S1.places),
    ),
    Fault(
        "interface_shut_by_configuration",
        configure("leaf1", "interface swp1", "shutdown"),
        SESSION_DOWN,
        named("interface.admin_down", L1S1.places),
    ),
    Fault(
        "host_interface_shut",
        shell("leaf1", "ip link set swp3 down"),
        prefix_gone("spine1", "leaf1"),
        named("interface.admin_down", L1H1.places | {"link:leaf1/swp3--?"}),
    ),
    Fault(
        "mtu_differs_at_spine",
        shell("spine1", "ip link set swp1 mtu 9000"),
        at_once,
        named("mtu.link_mismatch", L1S1.places),
    ),
    Fault(
        "spine_routing_daemon_dead",
        kill("spine1", "bgpd"),
        SESSION_DOWN,
        named("bgp.daemon_down", {"device:spine1"}),
    ),
    Fault(
        "spine_powered_off",
        shell("spine1", "for port in swp1 swp2 swp3 eth0; do ip link set $port down; done"),
        SESSION_DOWN,
        named("device.unreachable", {"device:spine1"}),
    ),
    Fault(
        "ssh_daemon_dead",
        shell("leaf1", "kill -KILL $(cat /run/sshd.pid)"),
        at_once,
        named("device.management_unreachable", {"device:leaf1"}),
    ),
    Fault(
        "forwarding_disabled",
        shell("leaf1", "sysctl -qw net.ipv4.ip_forward=0"),
        at_once,
        named("forwarding.disabled", {"device:leaf1"}),
    ),
    Fault(
        "kernel_blackhole",
        shell("leaf1", f"ip route add blackhole {host_prefix('leaf2')}"),
        prefix_gone("leaf1", "leaf2"),
        named("forwarding.null_route", prefix_at("leaf1", leaf="leaf2")),
    ),
    Fault(
        "null_route_at_spine",
        configure("spine1", f"ip route {host_prefix('leaf2')} Null0"),
        prefix_gone("spine1", "leaf2"),
        named("forwarding.null_route", prefix_at("spine1", leaf="leaf2")),
    ),
    Fault(
        "uplink_queue_full",
        all_of(
            shell("leaf1", f"tc qdisc add dev swp1 {TBF}"),
            load("host1", "host2", rate_mbps=30, flows=64),
        ),
        queue_drops("leaf1", "swp1"),
        named(CONGESTION, queues_of("leaf1", "swp1")),
    ),
    Fault(
        "traffic_filtered",
        all_of(
            nft("leaf1", "forward", "udp dport 5001 counter drop"),
            load("host1", "host2", rate_mbps=4),
        ),
        filter_hits("leaf1"),
        named("acl.drop", {"device:leaf1"}),
    ),
    Fault(
        "ospf_dead_interval",
        ospf_interface("spine1", "leaf1", "ip ospf dead-interval 40"),
        NO_NEIGHBOR,
        named("ospf.timer_mismatch", L1S1.adjacencies),
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
        NO_NEIGHBOR,
        named("ospf.auth_mismatch", L1S1.adjacencies),
        variant="ospf",
    ),
    Fault(
        "ospf_passive",
        ospf_interface("leaf1", "spine1", "ip ospf passive"),
        NO_NEIGHBOR,
        named("ospf.passive_interface", L1S1.adjacencies | {L1S1.lower.entity}),
        variant="ospf",
    ),
    Fault(
        "ospf_network_type",
        ospf_interface("leaf1", "spine1", "ip ospf network broadcast"),
        at_once,
        named("ospf.network_type_mismatch", L1S1.adjacencies),
        variant="ospf",
    ),
    Fault(
        "ospf_mtu",
        all_of(
            shell("leaf1", "ip link set swp1 mtu 1400"),
            shell("leaf1", "ip link set swp1 down; sleep 1; ip link set swp1 up"),
        ),
        NO_NEIGHBOR,
        named("ospf.mtu_mismatch mtu.link_mismatch", L1S1.adjacencies | L1S1.places),
        variant="ospf",
    ),
    Fault(
        "ospf_duplicate_router_id",
        all_of(
            configure("leaf1", "router ospf", "ospf router-id 10.1.0.1"),
            shell("leaf1", "vtysh -c 'clear ip ospf process'"),
        ),
        both(NO_NEIGHBOR, adjacency_up("leaf1", "spine2")),
        named("ospf.duplicate_router_id", {"device:leaf1", "device:spine1"}),
        variant="ospf",
    ),
    Fault(
        "ospf_interface_shut",
        shell("leaf1", "ip link set swp1 down"),
        NO_NEIGHBOR,
        named("interface.admin_down", L1S1.places),
        variant="ospf",
    ),
    Fault(
        "ospf_daemon_dead",
        kill("leaf1", "ospfd"),
        adjacency_down("spine1", "leaf1"),
        named("bgp.daemon_down", {"device:leaf1"}),
        variant="ospf",
    ),
    Fault(
        "interface_shut_seen_from_spine",
        shell("leaf1", "ip link set swp1 down"),
        SESSION_DOWN,
        named("interface.admin_down", L1S1.places),
        target="spine1",
    ),
    Fault(
        "both_uplinks_shut",
        shell("leaf1", "ip link set swp1 down; ip link set swp2 down"),
        both(SESSION_DOWN, session_down("leaf1", "spine2")),
        named("interface.admin_down", L1S1.places | L1S2.places),
    ),
    Fault(
        "routing_daemon_dead_seen_from_spine",
        kill("leaf1", "bgpd"),
        session_down("spine1", "leaf1"),
        named("bgp.daemon_down", {"device:leaf1"}),
        target="spine1",
    ),
    Fault(
        "class_queue_full",
        all_of(
            shell("leaf1", "tc qdisc add dev swp3 root handle 1: htb default 10"),
            shell("leaf1", "tc class add dev swp3 parent 1: classid 1:10 htb rate 5mbit ceil 5mbit"),
            shell("leaf1", "tc qdisc add dev swp3 parent 1:10 handle 10: pfifo limit 5"),
            load("host2", "host1", rate_mbps=15),
        ),
        queue_drops("leaf1", "swp3"),
        named(CONGESTION, queues_of("leaf1", "swp3")),
    ),
    Fault(
        "prefix_held_back",
        all_of(
            configure(
                "leaf1",
                f"ip prefix-list ALL-BUT-HOSTS seq 5 deny {host_prefix('leaf1')}",
                "ip prefix-list ALL-BUT-HOSTS seq 10 permit any",
            ),
            bgp_ipv4("leaf1", f"neighbor {SPINE1} prefix-list ALL-BUT-HOSTS out"),
        ),
        both(prefix_gone("spine1", "leaf1"), settled("leaf1", "spine1")),
        named("bgp.prefix_withheld", prefix_at("leaf1", leaf="leaf1")),
    ),
    Fault(
        "update_source",
        all_of(
            bgp("leaf1", f"neighbor {SPINE1} update-source lo"),
            bgp("spine1", f"neighbor {LEAF1} passive"),
            shell("leaf1", f"vtysh -c 'clear bgp {SPINE1}'"),
        ),
        SESSION_DOWN,
        named("bgp.update_source", L1S1.sessions),
    ),
    Fault(
        "route_daemon_dead",
        kill("leaf1", "zebra"),
        at_once,
        named("device.route_daemon_down", {"device:leaf1"}),
    ),
    Fault(
        "bfd_daemon_dead",
        kill("leaf1", "bfdd"),
        bfd_lost("spine1", "leaf1"),
        named("device.bfd_daemon_down", {"device:leaf1"}),
    ),
    Fault(
        "port_179_filtered_by_rules_nobody_may_read",
        all_of(
            may_not("leaf1", "/usr/sbin/nft -j list ruleset"),
            nft(
                "leaf1",
                "input",
                f"ip saddr {SPINE1} tcp dport 179 drop",
                f"ip saddr {SPINE1} tcp sport 179 drop",
            ),
        ),
        SESSION_DOWN,
        named("bgp.port_blocked", L1S1.sessions),
    ),
    Fault(
        "uplinks_swapped",
        shell("leaf1", _SWAP),
        both(SESSION_DOWN, hears("leaf1", "swp1", "spine2"), hears("spine1", "swp1", "leaf1")),
        named("lag.miscabled", L1S1.places | L1S2.places | _SWAPPED),
    ),
    Fault(
        "ospf_filtered",
        nft("leaf1", "input", 'iifname "swp1" ip protocol ospf counter drop'),
        both(NO_NEIGHBOR, one_way("spine1", "leaf1")),
        named("ospf.packets_lost", L1S1.adjacencies),
        variant="ospf",
    ),
    Fault(
        "ospf_filtered_at_spine",
        nft("spine1", "input", 'iifname "swp1" ip protocol ospf drop'),
        both(NO_NEIGHBOR, one_way("leaf1", "spine1")),
        named("ospf.packets_lost", L1S1.adjacencies),
        variant="ospf",
    ),
    Fault(
        "ospf_not_enabled",
        ospf_interface("leaf1", "spine1", "no ip ospf area 0"),
        NO_NEIGHBOR,
        named("ospf.not_enabled", L1S1.adjacencies | L1S1.places),
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
        both(SESSION_DOWN, session_down("leaf1", "spine2")),
        named("bgp.asn_mismatch", L1S1.sessions) + named("interface.admin_down", L1S2.places),
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
        named("bgp.policy_rejects", L1S1.sessions)
        + named("forwarding.null_route", prefix_at("leaf1", leaf="leaf3")),
    ),
)
