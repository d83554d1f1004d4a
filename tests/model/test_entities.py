"""Entity strings: made, taken apart, and said in plain words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netdoctor.model import entities
from netdoctor.model.entities import Entity, LinkEnd

NAMES = st.from_regex(r"[a-z][a-z0-9.-]{0,8}[a-z0-9]", fullmatch=True).filter(lambda name: "--" not in name)
INTERFACES = st.from_regex(r"[A-Za-z]{1,9}[0-9]{1,2}(/[0-9]{1,2}){0,2}", fullmatch=True)


@pytest.mark.parametrize(
    ("entity", "taken_apart", "plain"),
    [
        ("device:leaf1", Entity("device", "leaf1", ""), "leaf1"),
        ("interface:leaf1/Ethernet1/2", Entity("interface", "leaf1", "Ethernet1/2"), "leaf1 Ethernet1/2"),
        ("queue:leaf1/Ethernet1/2/3", Entity("queue", "leaf1", "Ethernet1/2/3"), "leaf1 Ethernet1/2 queue 3"),
        (
            "bgp:leaf1/2001:db8::1@blue",
            Entity("bgp", "leaf1", "2001:db8::1@blue"),
            "leaf1 ↔ 2001:db8::1@blue",
        ),
        ("link:leaf1/eth1--spine1/eth2", Entity("link", "leaf1", "eth1"), "leaf1 eth1 ↔ spine1 eth2"),
        ("link:leaf1/eth1--?", Entity("link", "leaf1", "eth1"), "leaf1 eth1 ↔ ?"),
        ("prefix:leaf1/192.0.2.0/24", Entity("prefix", "leaf1", "192.0.2.0/24"), "leaf1 192.0.2.0/24"),
        ("host:192.0.2.7", Entity("host", "192.0.2.7", ""), "192.0.2.7"),
    ],
)
def test_taken_apart_and_said_plainly(entity: str, taken_apart: Entity, plain: str) -> None:
    assert entities.split(entity) == taken_apart
    assert entities.describe(entity) == plain


@given(st.tuples(NAMES, INTERFACES), st.tuples(NAMES, INTERFACES))
def test_a_link_is_the_same_from_either_end(one: tuple[str, str], other: tuple[str, str]) -> None:
    near, far = LinkEnd(*one), LinkEnd(*other)
    entity = entities.link(near, far)
    assert entity == entities.link(far, near)
    assert entities.link_ends(entity) == tuple(sorted((near, far)))
    assert set(entities.devices_of(entity)) == {near.device, far.device}


@pytest.mark.parametrize(
    ("vrf", "expected"),
    [(None, "bgp:a/192.0.2.1"), ("default", "bgp:a/192.0.2.1"), ("red", "bgp:a/192.0.2.1@red")],
)
def test_the_vrf_is_named_only_when_it_is_not_the_default(vrf: str | None, expected: str) -> None:
    assert entities.bgp("a", "192.0.2.1", vrf) == expected
