"""A small network and a small catalogue, from which the ranking's behaviour can be read off."""

from collections.abc import Callable
from typing import Any

import pytest

from netdoctor.diagnosis.table import Table
from netdoctor.diagnosis.topology import Topology
from netdoctor.model import entities
from netdoctor.model.entities import LinkEnd
from netdoctor.model.facts import BgpPeering, BgpSession, Interface, Link
from netdoctor.model.findings import Finding, Source
from netdoctor.model.observations import Observation, Observations
from netdoctor.rules import Verdict
from netdoctor.rules.files import Case, Catalogue, Cause, Check, Docs, Shows

DOCS = Docs(what="what", why="why")
LEAF, SPINE = LinkEnd("leaf1", "eth1"), LinkEnd("spine1", "eth2")
LINK = entities.link(LEAF, SPINE)
NEAR_RX, FAR_RX = entities.interface(*LEAF), entities.interface(*SPINE)
NEAR_BGP, FAR_BGP = "bgp:leaf1/192.0.2.1", "bgp:spine1/192.0.2.0"


def check(check_id: str, leak: Any = "rare") -> Check:
    return Check(
        id=check_id,
        title=f"title of {check_id}",
        on="Interface",
        fail="true",
        severity="major",
        leak=leak,
        message="m",
        docs=DOCS,
        cases=(Case(name="c", fact={}, expect="fail"),),
    )


def cause(cause_id: str, at: Any, prior: float, *shows: tuple[str, Any, Any], **more: Any) -> Cause:
    return Cause(
        id=cause_id,
        title=f"title of {cause_id}",
        at=at,
        prior=prior,
        shows=tuple(Shows(check=c, how=how, relation=relation) for c, how, relation in shows),
        severity=more.pop("severity", "major"),
        remedy="r",
        explain="{entity}: {dbm:.1f} dBm",
        docs=DOCS,
        **more,
    )


CHECKS = [
    check("optics.rx_low"),
    check("optics.tx_low"),
    check("interface.errors", "occasional"),
    check("interface.down"),
    check("bgp.down"),
    check("bgp.as_differs", "never"),
    check("device.oddity", "common"),
    check("device.strange", "never"),
    check("queue.drops"),
]
CAUSES = [
    cause("queue.full", "interface", 0.05, ("queue.drops", "usually", "here")),
    cause(
        "optics.dirty",
        "link",
        0.07,
        ("optics.rx_low", "usually", "one-end"),
        ("interface.errors", "often", "one-end"),
        ("bgp.down", "sometimes", "over-link"),
        against=(Shows(check="optics.tx_low", how="usually", relation="far-end"),),
    ),
    cause(
        "optics.bent",
        "link",
        0.05,
        ("optics.rx_low", "always", "both-ends"),
        ("interface.errors", "often", "both-ends"),
    ),
    cause(
        "optics.weak_laser",
        "interface",
        0.01,
        ("optics.tx_low", "always", "here"),
        ("optics.rx_low", "usually", "far-end"),
    ),
    cause(
        "interface.cut",
        "link",
        0.03,
        ("interface.down", "always", "both-ends"),
        ("bgp.down", "always", "over-link"),
    ),
    cause(
        "bgp.asn",
        "bgp",
        0.02,
        ("bgp.as_differs", "usually", "both-ends"),
        ("bgp.down", "always", "both-ends"),
    ),
    cause(
        "device.daemon",
        "device",
        0.01,
        ("bgp.down", "always", "same-device"),
        ("bgp.down", "always", "far-end"),
    ),
]
CATALOGUE = Catalogue(checks={one.id: one for one in CHECKS}, causes={one.id: one for one in CAUSES})


def verdict(check_id: str, entity: str, status: Any = "fail", **measured: Any) -> Verdict:
    device = entities.devices_of(entity)[0]
    finding = Finding(
        check=check_id,
        area=CATALOGUE.checks[check_id].area,
        severity="major",
        entity=entity,
        title=f"{check_id} at {entity}",
        measured=measured,
    )
    return Verdict(
        CATALOGUE.checks[check_id], device, entity, status, (), finding if status == "fail" else None
    )


@pytest.fixture
def topology() -> Topology:
    observations = Observations()

    def add(device: str, fact: Any) -> None:
        observations.add(Observation(device, fact, (Source(device=device, command=str(fact)),), 0.0))

    add("leaf1", Interface(interface="eth1"))
    add("spine1", Interface(interface="eth2"))
    add("leaf1", Link(a_device="leaf1", a_interface="eth1", b_device="spine1", b_interface="eth2"))
    add("leaf1", BgpSession(peer="192.0.2.1", interface="eth1"))
    add("spine1", BgpSession(peer="192.0.2.0", interface="eth2"))
    add("leaf1", BgpPeering(peer="192.0.2.1", far_device="spine1", far_peer="192.0.2.0"))
    add("spine1", BgpPeering(peer="192.0.2.0", far_device="leaf1", far_peer="192.0.2.1"))
    return Topology(observations)


@pytest.fixture
def table() -> Callable[..., Table]:
    return lambda *verdicts: Table(verdicts)
