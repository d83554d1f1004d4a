"""What a TARGET on the command line names."""

from __future__ import annotations

from typing import Any

import pytest

from netdoctor.inventory import InventoryError, resolve
from netdoctor.model.devices import Device, Network

LEAF1 = Device(name="leaf1", host="192.0.2.11", platform="arista_eos", username="oncall")
SPINE = Device(name="spine.1", host="spine1.example.net")
NETWORK = Network(devices={"leaf1": LEAF1, "spine.1": SPINE})


@pytest.mark.parametrize(
    ("text", "name", "interface"),
    [
        ("leaf1", "leaf1", None),
        ("leaf1:Ethernet1", "leaf1", "Ethernet1"),
        ("leaf1:Et1", "leaf1", "Ethernet1"),
        ("leaf1:Ethernet3/1", "leaf1", "Ethernet3/1"),
        ("spine.1:xe-0/0/0:1", "spine.1", "xe-0/0/0:1"),
        ("192.0.2.11", "leaf1", None),
        ("spine1.example.net:swp1", "spine.1", "swp1"),
    ],
)
def test_a_device_of_the_inventory(text: str, name: str, interface: str | None) -> None:
    assert resolve(NETWORK, text) == (NETWORK, name, interface)


@pytest.mark.parametrize(
    ("text", "host", "interface"),
    [
        ("192.0.2.99", "192.0.2.99", None),
        ("192.0.2.99:swp1", "192.0.2.99", "swp1"),
        ("router.example.net", "router.example.net", None),
        ("2001:db8::1", "2001:db8::1", None),
        ("[2001:db8::1]", "2001:db8::1", None),
        ("[2001:db8::1]:swp1", "2001:db8::1", "swp1"),
        ("localhost", "localhost", None),
    ],
)
def test_a_host_outside_the_inventory_becomes_a_device(text: str, host: str, interface: str | None) -> None:
    network, name, narrowed = resolve(NETWORK, text)
    assert (name, narrowed) == (host, interface)
    assert network.devices == {**NETWORK.devices, host: Device(name=host, host=host)}


def test_without_an_inventory_any_word_is_a_host() -> None:
    assert resolve(Network(), "router1")[0].devices == {"router1": Device(name="router1", host="router1")}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("leef1", "'leef1' is not in the inventory, did you mean 'leaf1'?"),
        ("leef1:Et1", "'leef1' is not in the inventory, did you mean 'leaf1'?"),
        ("zzz", "'zzz' is not in the inventory; a host outside it is given by its address or full DNS name"),
        ("leaf1:", "'leaf1:': an interface is missing behind the colon"),
        ("-oProxyCommand=x", "'-oProxyCommand=x' is neither a device of the inventory nor a host"),
        ("a b", "'a b' is neither a device of the inventory nor a host"),
        ("", "'' is neither a device of the inventory nor a host"),
    ],
)
def test_a_target_that_names_nothing(text: str, message: str) -> None:
    with pytest.raises(InventoryError) as caught:
        resolve(NETWORK, text)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("option", "changed"),
    [
        ({"user": "admin"}, {"username": "admin"}),
        ({"port": 2222}, {"port": 2222}),
        ({"platform": "linux"}, {"platform": "linux"}),
        ({"identity": "/key"}, {"identity": "/key"}),
        ({"jump": "ops@bastion"}, {"jump": "ops@bastion"}),
        ({}, {}),
    ],
)
def test_options_override_the_inventory(option: dict[str, Any], changed: dict[str, Any]) -> None:
    network, name, _ = resolve(NETWORK, "leaf1", **option)
    expected = {
        "name": "leaf1",
        "host": "192.0.2.11",
        "platform": "arista_eos",
        "username": "oncall",
    } | changed
    assert network.devices[name] == Device(**expected)
    assert network.devices["spine.1"] == SPINE


def test_an_unknown_platform_is_told_with_the_nearest() -> None:
    with pytest.raises(InventoryError, match="unknown platform 'arista', did you mean 'arista_eos'"):
        resolve(NETWORK, "leaf1", platform="arista")
