"""Units, routed interfaces and optics controllers stand on a port, and what is said of them is about it."""

from __future__ import annotations

from typing import Any

import pytest

from netdoctor.derive.names import Places
from netdoctor.model.facts import (
    Fact,
    Interface,
    IsisAdjacency,
    IsisInstance,
    IsisInterface,
    IsisLink,
    Link,
    LldpNeighbor,
    OpticLane,
    OspfInterface,
    OspfLink,
)
from netdoctor.model.observations import Observation, Observations


@pytest.mark.parametrize(
    ("name", "known", "port"),
    [
        ("ge-0/0/0.0", [Interface(interface="ge-0/0/0")], "ge-0/0/0"),
        (
            "to-leaf1",
            [Interface(interface="1/1/c1/1"), Interface(interface="to-leaf1", lower_layer="1/1/c1/1")],
            "1/1/c1/1",
        ),
        ("Optics0/0/0/1", [Interface(interface="HundredGigE0/0/0/1")], "HundredGigE0/0/0/1"),
        (
            "Optics0/0/0/1",
            [Interface(interface="TenGigE0/0/0/1"), Interface(interface="HundredGigE0/0/0/1")],
            "Optics0/0/0/1",
        ),
        (
            "Ethernet1/1",
            [Interface(interface="Ethernet1/1"), Interface(interface="Ethernet1")],
            "Ethernet1/1",
        ),
        ("bond0.100", [], "bond0.100"),
        ("lo", [Interface(interface="lo")], "lo"),
    ],
)
def test_the_port_that_a_name_stands_on(name: str, known: list[Interface], port: str) -> None:
    observations = Observations()
    for fact in known:
        observations.add(Observation("r1", fact, (), 0.0))
    assert Places(observations).port("r1", name) == port


JUNOS: list[tuple[str, Fact]] = [
    ("r1", Interface(interface="et-0/0/0", oper_up=True, mtu_bytes=9228, mtu_header_bytes=14)),
    ("r1", Interface(interface="et-0/0/0.0", oper_up=True, addresses=("10.0.0.0/31",))),
]
XR: list[tuple[str, Fact]] = [
    (
        "r2",
        Interface(
            interface="HundredGigE0/0/0/1",
            admin_up=True,
            oper_up=True,
            mtu_bytes=9214,
            addresses=("10.0.0.1/31",),
        ),
    ),
    ("r2", OpticLane(interface="Optics0/0/0/1", lane=1, input_power_dbm=-2.0)),
]


@pytest.mark.parametrize(
    "heard",
    [
        [],
        [
            (
                "r2",
                LldpNeighbor(
                    interface="HundredGigE0/0/0/1", neighbor_device="r1", neighbor_interface="et-0/0/0"
                ),
            )
        ],
        [
            (
                "r1",
                LldpNeighbor(
                    interface="et-0/0/0.0", neighbor_device="r2", neighbor_interface="HundredGigE0/0/0/1"
                ),
            )
        ],
    ],
    ids=["a shared subnet", "LLDP on ports", "LLDP on units"],
)
def test_a_link_ends_at_ports_and_compares_packets(heard: list[tuple[str, Fact]], derived: Any) -> None:
    peers = [("r2", LldpNeighbor(interface="MgmtEth0", neighbor_device="r1", neighbor_interface="em0"))]
    said = [*JUNOS, *XR, *heard, *(peers if not heard else [])]
    links = [fact for _, fact in derived(Link, said) if fact.a_interface == "et-0/0/0"]
    (link,) = links
    assert (link.b_device, link.b_interface) == ("r2", "HundredGigE0/0/0/1")
    assert (link.a_mtu_bytes, link.b_mtu_bytes) == (9214, 9214)


def test_a_controllers_lane_learns_the_state_of_its_port(derived: Any) -> None:
    ((_, lane),) = derived(OpticLane, XR)
    assert (lane.admin_up, lane.oper_up) == (True, True)


def test_ospf_on_a_unit_is_at_the_ports_end_of_the_link(derived: Any) -> None:
    said = [
        *JUNOS,
        *XR,
        ("r1", OspfInterface(interface="et-0/0/0.0", area="0.0.0.0")),
        ("r2", OspfInterface(interface="HundredGigE0/0/0/1", area="0.0.0.1")),
    ]
    ((_, link),) = derived(OspfLink, said)
    assert (link.a_interface, link.a_area, link.b_area) == ("et-0/0/0", "0.0.0.0", "0.0.0.1")


ISIS = {
    "r1": IsisInstance(areas=("49.0001",), level="1-2"),
    "r2": IsisInstance(areas=("49.0002",), level="2"),
}


@pytest.mark.parametrize(
    ("near", "far", "states", "expected"),
    [
        (
            {},
            {},
            ("up", "up"),
            {"adjacent": True, "levels_shared": True, "level1_only": False, "one_way": False},
        ),
        ({"level": "1"}, {}, (), {"adjacent": False, "levels_shared": False, "level1_only": False}),
        ({"level": "1"}, {"level": "1"}, (), {"level1_only": True, "areas_shared": False}),
        (
            {},
            {},
            (None, "init"),
            {"a_mtu_bytes": 9214, "b_mtu_bytes": 9214, "one_way": True},
        ),
        ({"passive": True}, {"passive": False}, (), {"passive": True}),
    ],
    ids=["adjacent", "no level in common", "level 1 alone", "heard and not heard", "passive"],
)
def test_isis_at_both_ends(
    near: dict[str, Any],
    far: dict[str, Any],
    states: tuple[Any, ...],
    expected: dict[str, Any],
    derived: Any,
) -> None:
    interfaces = {"r1": "et-0/0/0.0", "r2": "HundredGigE0/0/0/1"}
    said: list[tuple[str, Fact]] = [*JUNOS, *XR, *ISIS.items()]
    said += [("r1", IsisInterface(interface=interfaces["r1"], **near))]
    said += [("r2", IsisInterface(interface=interfaces["r2"], **far))]
    for (device, interface), state in zip(interfaces.items(), states, strict=False):
        if state:
            said.append((device, IsisAdjacency(interface=interface, neighbor="other", adjacency_state=state)))
    ((_, link),) = derived(IsisLink, said)
    assert {name: getattr(link, name) for name in expected} == expected


@pytest.mark.parametrize(
    ("near", "far", "same"),
    [
        ("MD5", "md5", True),
        ("message-digest", "hmac-md5", True),
        ("simple text", "clear", True),
        ("none", "Disabled", True),
        ("md5", "none", False),
        ("hmac-sha-256", "md5", False),
    ],
)
def test_authentication_is_compared_in_one_vocabulary(near: str, far: str, same: bool, derived: Any) -> None:
    said: list[tuple[str, Fact]] = [*JUNOS, *XR]
    said += [("r1", IsisInterface(interface="et-0/0/0.0", auth_type=near))]
    said += [("r2", IsisInterface(interface="HundredGigE0/0/0/1", auth_type=far))]
    ((_, link),) = derived(IsisLink, said)
    assert (link.a_auth_type == link.b_auth_type) is same
