"""Both ends of a BGP session are held against each other, and all sessions of a device are counted."""

from typing import Any

import pytest

from netdoctor.derive import Situation
from netdoctor.model.devices import Device, Network
from netdoctor.model.entities import LinkEnd
from netdoctor.model.facts import (
    BgpAfi,
    BgpDeviceSummary,
    BgpExchange,
    BgpPeering,
    BgpSession,
    Fact,
    Interface,
)

NETWORK = Network(
    devices={name: Device(name=name, host=f"{name}.example.net") for name in ("leaf1", "spine1")},
    links=((LinkEnd("leaf1", "eth1"), LinkEnd("spine1", "eth2")),),
)
SITUATION = Situation(network=NETWORK)
PORTS: list[tuple[str, Fact]] = [
    ("leaf1", Interface(interface="eth1", oper_up=True, addresses=("192.0.2.0/31",))),
    ("spine1", Interface(interface="eth2", oper_up=True, addresses=("192.0.2.1/31",))),
]


def near(**said: Any) -> tuple[str, Fact]:
    return "leaf1", BgpSession(**{"peer": "192.0.2.1", "local_as": 65001, "peer_as": 65000, **said})


def far(**said: Any) -> tuple[str, Fact]:
    return "spine1", BgpSession(**{"peer": "192.0.2.0", "local_as": 65000, "peer_as": 65001, **said})


def peering_of(device: str, derived: Any, said: list[tuple[str, Fact]]) -> BgpPeering:
    found = dict(derived(BgpPeering, said, situation=SITUATION))
    peering: BgpPeering = found[device]
    return peering


@pytest.mark.parametrize(
    ("case", "mine", "theirs", "expected"),
    [
        ("the AS meant and the AS found", {"peer_as": 7}, {}, {"peer_as": 7, "far_local_as": 65000}),
        (
            "a password at one end",
            {"auth_configured": True},
            {"auth_configured": False},
            {"auth_configured": True, "far_auth_configured": False},
        ),
        ("shut at the far end", {}, {"admin_up": False}, {"far_admin_up": False}),
        ("where it runs", {}, {}, {"interface": "eth1", "far_interface": "eth2", "link_up": True}),
    ],
)
def test_both_ends(
    case: str, mine: dict[str, Any], theirs: dict[str, Any], expected: dict[str, Any], derived: Any
) -> None:
    peering = peering_of("leaf1", derived, [*PORTS, near(**mine), far(**theirs)])
    assert {name: getattr(peering, name) for name in expected} == expected, case
    assert (peering.far_device, peering.far_peer, peering.far_configured) == ("spine1", "192.0.2.0", True)


def test_a_neighbour_that_the_far_end_does_not_have(derived: Any) -> None:
    other = ("spine1", BgpSession(peer="192.0.2.99"))
    assert peering_of("leaf1", derived, [*PORTS, near(), other]).far_configured is False


def test_a_far_end_that_says_nothing_of_bgp_is_not_held_against_anything(derived: Any) -> None:
    assert derived(BgpPeering, [*PORTS, near()], situation=SITUATION) == []


def test_unnumbered_sessions_meet_over_the_link(derived: Any) -> None:
    said = [
        ("leaf1", Interface(interface="eth1", oper_up=True)),
        ("spine1", Interface(interface="eth2", oper_up=True)),
        near(peer="eth1"),
        far(peer="eth2"),
    ]
    assert peering_of("leaf1", derived, said).far_peer == "eth2"


def test_loopback_sessions_meet_by_their_addresses(derived: Any) -> None:
    said = [
        ("leaf1", Interface(interface="lo", addresses=("192.0.2.101/32",))),
        ("spine1", Interface(interface="lo", addresses=("192.0.2.201/32",))),
        near(peer="192.0.2.201", local_address="192.0.2.101"),
        far(peer="192.0.2.101", local_address="192.0.2.201"),
    ]
    assert peering_of("spine1", derived, said).far_peer == "192.0.2.201"


@pytest.mark.parametrize(
    ("update_source", "address"),
    [("192.0.2.101", "192.0.2.101"), ("lo", "192.0.2.101"), ("eth9", None), (None, None)],
)
def test_the_address_that_a_session_is_called_from(
    derived: Any, update_source: str | None, address: str | None
) -> None:
    loopback = Interface(interface="lo", addresses=("127.0.0.1/8", "192.0.2.101/32"))
    said = [*PORTS, ("leaf1", loopback), near(update_source=update_source), far()]
    peering = peering_of("leaf1", derived, said)
    assert (peering.source_address, peering.far_peer) == (address, "192.0.2.0")


def test_what_one_end_sent_against_what_the_other_took(derived: Any) -> None:
    said = [
        *PORTS,
        near(session_state="established"),
        far(session_state="established"),
        ("leaf1", BgpAfi(peer="192.0.2.1", afi_safi="IPV4_UNICAST", prefixes_accepted_count=0)),
        ("spine1", BgpAfi(peer="192.0.2.0", afi_safi="IPV4_UNICAST", prefixes_sent_count=12)),
    ]
    exchange = dict(derived(BgpExchange, said, situation=SITUATION))["leaf1"]
    assert (exchange.far_prefixes_sent_count, exchange.prefixes_accepted_count) == (12, 0)


@pytest.mark.parametrize(
    ("up_for_s", "accepted"),
    [pytest.param(1.0, None, id="still filling"), (10.0, 0), pytest.param(None, 0, id="age not told")],
)
def test_what_a_session_took_counts_once_it_has_had_time_to(
    derived: Any, up_for_s: float | None, accepted: int | None
) -> None:
    said = [
        *PORTS,
        near(session_state="established", up_for_s=up_for_s),
        far(session_state="established"),
        ("leaf1", BgpAfi(peer="192.0.2.1", afi_safi="IPV4_UNICAST", prefixes_accepted_count=0)),
        ("spine1", BgpAfi(peer="192.0.2.0", afi_safi="IPV4_UNICAST", prefixes_sent_count=12)),
    ]
    exchange = dict(derived(BgpExchange, said, situation=SITUATION))["leaf1"]
    assert exchange.prefixes_accepted_count == accepted


def test_all_sessions_of_a_device(derived: Any) -> None:
    said: list[tuple[str, Fact]] = [
        ("d", BgpSession(peer="1", session_state="established")),
        ("d", BgpSession(peer="2", session_state="idle", last_notification_code=4, last_reset_s=30.0)),
        ("d", BgpSession(peer="3", session_state="active", last_notification_code=4, last_reset_s=9e6)),
        ("d", BgpSession(peer="4", session_state="idle", admin_up=False)),
    ]
    ((_, summary),) = derived(BgpDeviceSummary, said)
    assert summary == BgpDeviceSummary(
        sessions_count=3, established_count=1, down_count=2, hold_timer_expired_count=1
    )
