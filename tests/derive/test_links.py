"""Both ends of a cable meet in one Link, by whatever tells of it; what is heard beats what is meant."""

from typing import Any

import pytest

from netdoctor.derive import Situation
from netdoctor.model.devices import Device, Network
from netdoctor.model.entities import LinkEnd
from netdoctor.model.facts import DeviceInfo, Fact, Interface, Link, LldpNeighbor, Transceiver

A, B, C = LinkEnd("leaf1", "eth1"), LinkEnd("spine1", "eth2"), LinkEnd("spine2", "eth2")
PORTS: list[tuple[str, Fact]] = [
    ("leaf1", Interface(interface="eth1", oper_up=True, mtu_bytes=9000, mac="02:00:00:00:00:01")),
    ("spine1", Interface(interface="eth2", oper_up=True, mtu_bytes=1500, mac="02:00:00:00:00:02")),
]


def network(*links: tuple[LinkEnd, LinkEnd]) -> Network:
    devices = {name: Device(name=name, host=f"{name}.example.net") for name in ("leaf1", "spine1", "spine2")}
    return Network(devices=devices, links=links)


def heard(on: str, interface: str, **said: str) -> tuple[str, Fact]:
    return on, LldpNeighbor(interface=interface, **said)


@pytest.mark.parametrize(
    ("case", "said", "intent", "entity", "sources"),
    [
        (
            "LLDP at one end",
            [heard("leaf1", "eth1", neighbor_device="spine1", neighbor_interface="eth2")],
            (),
            "link:leaf1/eth1--spine1/eth2",
            ("lldp",),
        ),
        (
            "LLDP with a domain, a MAC as port and the name in capitals",
            [
                heard(
                    "leaf1",
                    "eth1",
                    neighbor_device="SPINE1.example.net",
                    neighbor_interface="02:00:00:00:00:02",
                )
            ],
            (),
            "link:leaf1/eth1--spine1/eth2",
            ("lldp",),
        ),
        ("the inventory alone", [], ((A, B),), "link:leaf1/eth1--spine1/eth2", ("inventory",)),
        (
            "LLDP and the inventory agree",
            [heard("leaf1", "eth1", neighbor_device="spine1", neighbor_interface="eth2")],
            ((A, B),),
            "link:leaf1/eth1--spine1/eth2",
            ("inventory", "lldp"),
        ),
        (
            "a neighbour that is not in the inventory",
            [heard("leaf1", "eth1", neighbor_device="host9", neighbor_interface="ens3")],
            (),
            "link:host9/ens3--leaf1/eth1",
            ("lldp",),
        ),
    ],
)
def test_found_by(
    case: str, said: list[Any], intent: tuple[Any, ...], entity: str, sources: tuple[str, ...], derived: Any
) -> None:
    ((device, link),) = derived(Link, PORTS + said, situation=Situation(network=network(*intent)))
    assert link.entity(device) == entity, case
    assert link.discovered_by == sources


def test_a_shared_subnet_of_two_joins_two_interfaces(derived: Any) -> None:
    said = [
        ("leaf1", Interface(interface="eth1", addresses=("192.0.2.0/31",))),
        ("spine1", Interface(interface="eth2", addresses=("192.0.2.1/31",))),
        ("spine2", Interface(interface="lo", addresses=("127.0.0.1/8", "192.0.2.9/32"))),
    ]
    ((_, link),) = derived(Link, said, situation=Situation(network=network()))
    assert (link.a_device, link.b_device, link.discovered_by) == ("leaf1", "spine1", ("subnet",))


def test_both_ends_speak(derived: Any) -> None:
    ((_, link),) = derived(Link, PORTS, situation=Situation(network=network((A, B))))
    assert (link.a_mtu_bytes, link.b_mtu_bytes) == (9000, 1500)
    assert (link.a_lldp_heard, link.b_lldp_heard) == (None, None), "nobody runs LLDP"


def test_heard_at_one_end_only(derived: Any) -> None:
    said = [
        *PORTS,
        heard("leaf1", "eth1", neighbor_device="spine1", neighbor_interface="eth2"),
        heard("spine1", "eth9", neighbor_device="other", neighbor_interface="x"),
    ]
    links = dict(derived(Link, said, situation=Situation(network=network())))
    assert (links["leaf1"].a_lldp_heard, links["leaf1"].b_lldp_heard) == (True, False)


def test_cabled_elsewhere_than_meant(derived: Any) -> None:
    said = [*PORTS, heard("leaf1", "eth1", neighbor_device="spine1", neighbor_interface="eth2")]
    links = [link for _, link in derived(Link, said, situation=Situation(network=network((A, C))))]
    actual = next(link for link in links if link.b_device == "spine1")
    assert (actual.intended, actual.intended_far) == (False, "spine2/eth2")


def test_many_voices_on_one_interface_are_no_link(derived: Any) -> None:
    said = [
        *PORTS,
        heard("leaf1", "eth1", neighbor_device="spine1", neighbor_interface="eth2"),
        heard("leaf1", "eth1", neighbor_device="spine2", neighbor_interface="eth2"),
    ]
    assert derived(Link, said, situation=Situation(network=network())) == []


def test_a_hostname_unlike_the_inventory_name(derived: Any) -> None:
    said = [
        *PORTS,
        ("spine1", DeviceInfo(hostname="ams-sp-01")),
        heard("leaf1", "eth1", neighbor_device="ams-sp-01.example.net", neighbor_interface="eth2"),
    ]
    ((device, link),) = derived(Link, said, situation=Situation(network=network()))
    assert link.entity(device) == "link:leaf1/eth1--spine1/eth2"


@pytest.mark.parametrize(
    ("near", "far"),
    [
        ("100GBASE-LR4", "QSFP28-100GBASE-LR4"),
        ("10GBASE-LR", "10G Base-LR"),
        ("10gbase-sr", "SFP+-10G-BASE-SR"),
        ("100GBASE-LR4", "QSFP28 100GBASE-LR4"),
        ("100GBASE-LR4", "QSFP 100G LR4"),
        ("100GBASE-CWDM4", "QSFP-100G-CWDM4"),
        ("1000BASE-T", "1000Base-T"),
        ("DAC", "dac"),
    ],
)
def test_one_medium_in_two_vendors_words_is_one(near: str, far: str, derived: Any) -> None:
    modules = [
        ("leaf1", Transceiver(interface="eth1", media_type=near)),
        ("spine1", Transceiver(interface="eth2", media_type=far)),
    ]
    said = [*PORTS, *modules, heard("leaf1", "eth1", neighbor_device="spine1", neighbor_interface="eth2")]
    ((_, link),) = derived(Link, said)
    assert link.a_media_type == link.b_media_type
