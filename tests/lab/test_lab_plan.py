"""Topologies out of a file: any shape, any size, and a clear word for what is wrong in one."""

from __future__ import annotations

from pathlib import Path

import pytest

from netdoctor.lab import topology
from netdoctor.lab.plan import UnknownTopology, clos, load
from netdoctor.lab.world import World
from netdoctor.strictyaml import FileError

from .conftest import Clock

CAMPUS = """
shape: campus
core: [arista_eos, arista_eos]
distribution: {count: 4, platforms: [arista_eos, linux]}
access: {count: 6, platforms: [linux]}
"""
RING = "shape: ring\nrouter: {count: 5, platforms: [arista_eos, linux]}\n"


def written(folder: Path, text: str) -> str:
    file = folder / "lab.yaml"
    file.write_text(text)
    return str(file)


def built(folder: Path, text: str, clock: Clock) -> World:
    return topology.build(clock, plan=load(written(folder, text)))


def test_platforms_are_taken_by_turns(tmp_path: Path) -> None:
    plan = load(
        written(tmp_path, "shape: clos\nspine: [linux]\nleaf: {count: 3, platforms: [arista_eos, linux]}\n")
    )
    assert list(plan.routers()) == [
        ("spine1", "spine", "linux"),
        ("leaf1", "leaf", "arista_eos"),
        ("leaf2", "leaf", "linux"),
        ("leaf3", "leaf", "arista_eos"),
    ]
    assert list(plan.pairs()) == [("spine1", "leaf1"), ("spine1", "leaf2"), ("spine1", "leaf3")]


def test_a_ring_closes(tmp_path: Path) -> None:
    assert list(load(written(tmp_path, RING)).pairs()) == [
        ("router1", "router2"),
        ("router2", "router3"),
        ("router3", "router4"),
        ("router4", "router5"),
        ("router5", "router1"),
    ]


def test_a_campus_is_dual_homed(tmp_path: Path) -> None:
    pairs = set(load(written(tmp_path, CAMPUS)).pairs())
    assert ("core1", "core2") in pairs
    assert {high for high, low in pairs if low == "access3"} == {"distribution3", "distribution4"}
    assert {high for high, low in pairs if low == "distribution2"} == {"core1", "core2"}


@pytest.mark.parametrize("text", [RING, CAMPUS], ids=["ring", "campus"])
def test_every_router_reaches_every_rack(tmp_path: Path, clock: Clock, text: str) -> None:
    world = built(tmp_path, text, clock)
    assert all(end.adjacent for adjacency in world.adjacencies for end in adjacency.ends)
    racks = [
        prefix for device in world.devices.values() for prefix in device.networks if prefix.endswith("/24")
    ]
    for device in world.devices.values():
        assert [prefix for prefix in racks if prefix not in device.routes] == []


@pytest.mark.parametrize("sizes", [(4, 32), (1, 130)], ids=lambda sizes: f"{sizes[0]}x{sizes[1]}")
def test_addresses_are_unique_at_any_size(clock: Clock, sizes: tuple[int, int]) -> None:
    world = topology.build(clock, plan=clos(*sizes))
    addresses = [port.address for port in world.ports() if port.address]
    macs = [port.mac for port in world.ports()]
    assert len(set(addresses)) == len(addresses)
    assert len(set(macs)) == len(macs)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("shape: closs\n", "lab.yaml:1: key 'shape': want one of clos, ring, campus, did you mean 'clos'"),
        (
            "shape: clos\nspine: [linux]\nleafs: [linux]\n",
            "lab.yaml:3: key 'leafs': unknown key, did you mean 'leaf'",
        ),
        ("shape: clos\nspine: [linux]\n", "key 'leaf' is missing"),
        (
            "shape: ring\nrouter: [linux, linus, linux]\n",
            "lab.yaml:2: key 'router[1]': unknown platform 'linus'",
        ),
        ("shape: ring\nrouter: [linux]\n", "lab.yaml:2: key 'router': want 3 to 250 of them"),
        ("shape: ring\nrouter: {count: 0, platforms: [linux]}\n", "lab.yaml:2: key 'router.count'"),
        ("shape: ring\nrouter: {count: 3, platform: [linux]}\n", "did you mean 'platforms'"),
    ],
)
def test_a_mistake_is_named_with_its_place(tmp_path: Path, text: str, complaint: str) -> None:
    with pytest.raises(FileError) as caught:
        load(written(tmp_path, text))
    assert complaint in str(caught.value)


def test_no_such_topology(tmp_path: Path) -> None:
    with pytest.raises(UnknownTopology, match="no topology and no file"):
        load(str(tmp_path / "none.yaml"))
