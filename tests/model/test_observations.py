"""What several commands and samples say of one thing is one observation, whatever the order of arrival."""

import itertools
from datetime import UTC, datetime

import pytest

from netdoctor.model.facts import BgpSession, Clock, Interface, LogEvent
from netdoctor.model.findings import Source
from netdoctor.model.observations import Observation, Observations


def said(fact: object, command: str, at_s: float = 0.0, device: str = "leaf1") -> Observation:
    return Observation(device, fact, (Source(device=device, command=command),), at_s)


ONE, TWO = datetime(2026, 7, 1, 12, 0, 1, tzinfo=UTC), datetime(2026, 7, 1, 12, 0, 3, tzinfo=UTC)
SAID = [
    (said(BgpSession(peer="192.0.2.1", peer_as=65001, session_state="idle"), "show bgp neighbors"), 1),
    (said(BgpSession(peer="192.0.2.1", auth_configured=True, peer_as=7), "show running-config"), 1),
    (said(BgpSession(peer="192.0.2.2", session_state="active"), "show bgp neighbors"), 1),
]


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_commands_complete_each_other(order: tuple[int, ...]) -> None:
    observations = Observations()
    for index in order:
        observations.add(*SAID[index])
    first, second = observations.of(BgpSession)
    assert first.fact == BgpSession(
        peer="192.0.2.1", peer_as=65001, session_state="idle", auth_configured=True
    ), "the command that sorts first wins where both speak"
    assert [source.command for source in first.sources] == ["show bgp neighbors", "show running-config"]
    assert second.fact.peer == "192.0.2.2"


def test_the_newest_sample_of_each_command_counts() -> None:
    observations = Observations()
    observations.add(said(Interface(interface="eth1", in_pkts=1), "ip link", 10.0), 1)
    observations.add(said(Interface(interface="eth1", addresses=("192.0.2.1/31",)), "ip address", 10.0), 1)
    observations.add(said(Interface(interface="eth1", in_pkts=5), "ip link", 20.0), 2)
    (newest,) = observations.of(Interface)
    assert newest.fact == Interface(interface="eth1", in_pkts=5, addresses=("192.0.2.1/31",))
    (samples,) = observations.samples(Interface).values()
    assert [(sample.fact.in_pkts, sample.at_s) for sample in samples] == [(1, 10.0), (5, 20.0)]


@pytest.mark.parametrize(
    ("second", "at_s"),
    [
        pytest.param(Clock(device_time=TWO, synchronised=True), 10.0, id="it adds nothing"),
        pytest.param(Clock(device_time=TWO, offset_s=1.0), 12.0, id="it adds a field"),
    ],
)
def test_what_adds_nothing_does_not_change_when_it_was_said(second: Clock, at_s: float) -> None:
    observations = Observations()
    observations.add(said(Clock(device_time=ONE, synchronised=True), "show ntp status", 10.0), 1)
    observations.add(said(second, "show system uptime", 12.0), 1)
    (clock,) = observations.of(Clock)
    assert (clock.fact.device_time, clock.at_s) == (ONE, at_s)


def test_a_copy_is_added_to_without_changing_the_original() -> None:
    observations = Observations()
    observations.add(said(LogEvent(text="a"), "logs"))
    observations.copy().add(said(LogEvent(text="b"), "logs"))
    assert [seen.fact.text for seen in observations.of(LogEvent)] == ["a"]


def test_devices_are_told_apart() -> None:
    observations = Observations()
    observations.add(said(Interface(interface="eth1"), "ip link", device="b"))
    observations.add(said(Interface(interface="eth1"), "ip link", device="a"))
    assert [seen.device for seen in observations.of(Interface)] == ["a", "b"]
    assert [seen.device for seen in observations.of(Interface, "b")] == ["b"]
    assert observations.devices(Interface) == {"a", "b"}


def test_lists_of_which_each_command_knows_a_part_are_put_together() -> None:
    observations = Observations()
    observations.add(said(Interface(interface="eth1", addresses=("192.0.2.1/31",)), "show interfaces"))
    observations.add(said(Interface(interface="eth1", addresses=("2001:db8::1/64",)), "show ipv6 interface"))
    (whole,) = observations.of(Interface)
    assert whole.fact.addresses == ("192.0.2.1/31", "2001:db8::1/64")
