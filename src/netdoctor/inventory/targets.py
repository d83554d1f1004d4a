"""What a TARGET on the command line names."""

from __future__ import annotations

import ipaddress
import re
from typing import Any

import msgspec

from netdoctor import platforms
from netdoctor.inventory.base import InventoryError
from netdoctor.model.devices import AUTO, Device, Network
from netdoctor.model.suggest import nearest

_BRACKETED = re.compile(r"\[(?P<host>[^\]]+)\](?::(?P<interface>.+))?")
_HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?")


def resolve(
    network: Network,
    text: str,
    *,
    user: str | None = None,
    port: int | None = None,
    platform: str | None = None,
    identity: str | None = None,
    jump: str | None = None,
) -> tuple[Network, str, str | None]:
    """The network with the target in it, the target's device name, and the interface it is narrowed to.

    A target is `NAME`, `NAME:INTERFACE`, or the same with an address or DNS name (IPv6 in brackets when an
    interface follows). A host outside the inventory becomes a device of that name; the address of a device of
    the inventory means that device. The options override what the inventory says. Raises InventoryError.
    """
    name, interface = _split(network, text)
    if platform is not None and platform != AUTO and platform not in platforms.names():
        raise InventoryError(str(platforms.UnknownPlatform(platform)))
    given = {"username": user, "port": port, "platform": platform, "identity": identity, "jump": jump}
    changes: dict[str, Any] = {key: value for key, value in given.items() if value is not None}
    device = msgspec.structs.replace(_device(network, name), **changes)
    if interface is not None and device.platform != AUTO:
        interface = platforms.get(device.platform).normalise_interface(interface)
    known = msgspec.structs.replace(network, devices={**network.devices, device.name: device})
    return known, device.name, interface


def _split(network: Network, text: str) -> tuple[str, str | None]:
    if text in network.devices or _is_address(text):
        return text, None
    if bracketed := _BRACKETED.fullmatch(text):
        return bracketed["host"], bracketed["interface"]
    name, colon, interface = text.partition(":")
    if colon and not interface:
        raise InventoryError(f"{text!r}: an interface is missing behind the colon")
    return name, interface or None


def _device(network: Network, name: str) -> Device:
    if name in network.devices:
        return network.devices[name]
    if by_host := [device for device in network.devices.values() if device.host == name]:
        return by_host[0]
    if not (_is_address(name) or _HOST.fullmatch(name)):
        raise InventoryError(f"{name!r} is neither a device of the inventory nor a host")
    if network.devices and "." not in name and not _is_address(name) and name != "localhost":
        hint = (
            nearest(name, network.devices) or "; a host outside it is given by its address or full DNS name"
        )
        raise InventoryError(f"{name!r} is not in the inventory{hint}")
    return Device(name=name, host=name)


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True
