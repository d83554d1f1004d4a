"""VXLAN and EVPN."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from netdoctor.model.facts import BgpRoute, Fact, Vni, Vtep
from netdoctor.platforms.arista_eos.reading import (
    Object,
    Read,
    bounded,
    document,
    each,
    inner,
    listed,
    objects,
    on_request,
)
from netdoctor.platforms.base import command
from netdoctor.platforms.values import count, text


@command("show vxlan vni | json", area="overlay", gives=(Vni,))
def vnis(output: str) -> Read:
    """The network identifiers of every tunnel interface, with their VLAN or VRF."""
    yield from each(document(output), "vxlanIntfs", _vnis)


def _vnis(interface: str, found: Object) -> Iterator[Fact]:
    for name, bound in objects(found.get("vniBindings")):
        if (vni := count(name)) is not None:
            source = text(bound.get("source"))
            yield Vni(vni=vni, kind="l2", vlan=count(bound.get("vlan")), interface=interface, source=source)
    for name, bound in objects(found.get("vniBindingsToVrf")):
        if (vni := count(name)) is not None:
            yield Vni(
                vni=vni,
                kind="l3",
                vlan=count(bound.get("vlan")),
                vrf=text(bound.get("vrfName")),
                interface=interface,
                source=text(bound.get("source")),
            )


@command("show vxlan vtep detail | json", area="overlay", gives=(Vtep,), aliases=("show vxlan vtep | json",))
def vteps(output: str) -> Read:
    """The remote tunnel endpoints that are known."""
    yield from each(document(output), "interfaces", _vteps)


def _vteps(_: str, found: Object) -> Iterator[Fact]:
    for address in filter(None, map(_address, listed(found.get("vteps")))):
        yield Vtep(address=address)
    for address, detail in objects(found.get("vtepDetails") or found.get("vteps")):
        sources = {text(source) for source in listed(detail.get("learnedFrom"))}
        yield Vtep(address=address, source=next(filter(None, sources), text(detail.get("source"))))


def _address(value: Any) -> str | None:
    return text(value) if isinstance(value, str) else text(inner(value).get("vtepAddr"))


@command(
    "show bgp evpn | json",
    area="overlay",
    gives=(BgpRoute,),
    arguments=on_request,
    aliases=("show bgp evpn {options*} | json",),
)
def evpn_routes(output: str) -> Read:
    """The EVPN table, as its best paths show it."""
    yield from bounded(each(document(output), "evpnRoutes", _evpn_route), "routes")


def _evpn_route(name: str, found: Object) -> Iterator[Fact]:
    paths = [inner(path) for path in listed(found.get("evpnRoutePaths"))]
    usable = [path for path in paths if inner(path, "routeType").get("valid") is True]
    best = next((path for path in paths if inner(path, "routeType").get("active") is True), None)
    yield BgpRoute(
        prefix=name.removeprefix("RD: "),
        valid=bool(usable),
        best=best is not None,
        paths_count=len(paths),
        next_hops=tuple(dict.fromkeys(filter(None, (text(path.get("nextHop")) for path in paths)))) or None,
        as_path=text(inner(best or {}, "asPathEntry").get("asPath")),
    )
