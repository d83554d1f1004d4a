"""IS-IS as FRR's isisd prints it, where a plan has it."""

from __future__ import annotations

from typing import Any

from netdoctor.lab.igp import IgpInterface
from netdoctor.lab.render import View, answers
from netdoctor.lab.render.text import address_of, as_json, clock_text, far_end, heard, link_state, system_id

AREA = "CORE"
STATES = {"full": "Up", "init": "Initializing"}
LEVELS = {"1": "L1", "2": "L2", "1-2": "L1L2"}
CIRCUITS = {"point_to_point": "p2p", "broadcast": "lan"}
HOLD_S = 30
SNPA = "2020.2020.2020"
"""What isisd prints for the far end of a point-to-point circuit."""


def _vrf(view: View, **told: Any) -> str:
    """The default VRF's part; nothing where nobody configured IS-IS."""
    content = {"vrf": "default", **told} if link_state(view, "isis") else {}
    return as_json(content, indent=2)


def _circuits(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{"area": AREA, "circuits": found}]


@answers('vtysh -c "show isis vrf all neighbor detail json"')
def neighbors(view: View) -> str:
    found: list[dict[str, Any]] = []
    for end in link_state(view, "isis"):
        far = far_end(view, end)
        found.append(_adjacency(end, far, view) if far and heard(end) else {"circuit": 0})
    return _vrf(view, areas=_circuits(found))


def _adjacency(end: IgpInterface, far: IgpInterface, view: View) -> dict[str, Any]:
    """A neighbour bears its name once its link states are there, and its system id before."""
    place = address_of(far.port)
    shared = set(end.level) & set(far.level) - {"-"}
    return {
        "circuit": 0,
        "adj": far.device.name if end.adjacent else system_id(far.device),
        "interface": {
            "name": end.port.name,
            "state": STATES[end.state],
            "adj-flaps": end.transitions_count,
            "last-ago": clock_text(view.at - end.since),
            "circuit-type": LEVELS[end.level],
            "speaks": "IPv4",
            "snpa": SNPA,
            "area-address": {"isonet": far.area},
            **({"ipv4-address": {"ipv4": place[0]}} if place else {}),
            "adj-sid": {},
        },
        "level": 3 if len(shared) > 1 else int(min(shared, default=end.level[0])),
        "expires-in": f"{HOLD_S - 2}s",
    }


@answers('vtysh -c "show isis vrf all interface detail json"')
def interfaces(view: View) -> str:
    return _vrf(view, areas=_circuits([_circuit(end) for end in link_state(view, "isis")]))


def _circuit(end: IgpInterface) -> dict[str, Any]:
    levels = [level for level in end.level if level != "-"]
    return {
        "circuit": 0,
        "interface": {
            "name": end.port.name,
            "circuit-id": "0x0",
            "state": "Up" if end.port.oper_up else "Down",
            "type": CIRCUITS[end.network_type],
            "level": LEVELS[end.level],
            "is-passive": "passive" if end.passive else "active",
            "levels": [
                {
                    "level": f"L{level}",
                    "metric": end.cost,
                    "active-neighbors": int(end.adjacent),
                    "hello-interval": int(end.hello_interval_s),
                }
                for level in levels
            ],
        },
    }


@answers('vtysh -c "show isis vrf all summary json"')
def summary(view: View) -> str:
    ends = link_state(view, "isis")
    own = system_id(view.device)
    areas = sorted({end.area for end in ends})
    return _vrf(
        view,
        **{
            "process-id": 712,
            "system-id": own,
            "up-time": f"{clock_text(view.at - view.device.booted_at)} ago",
            "number-areas": len(areas),
            "areas": [{"area": AREA, "net": f"{area}.{own}.00"} for area in areas],
        },
    )


@answers('vtysh -c "show isis interface {interface}"')
def interface_text(view: View, interface: str) -> str:
    found = [end for end in link_state(view, "isis") if end.port.name == interface]
    return f"Area {AREA}:\n{_circuit_text(found[0])}" if found else ""


def _circuit_text(end: IgpInterface) -> str:
    state, active = "Up" if end.port.oper_up else "Down", "Passive" if end.passive else "Active"
    levels = "".join(
        f"    Level-{level} Information:\n"
        f"      Metric: {end.cost}, Active neighbors: {int(end.adjacent)}\n"
        f"      Hello interval: {end.hello_interval_s:.0f}, Holddown count: 10, Padding: yes\n"
        for level in end.level
        if level != "-"
    )
    return (
        f"  Interface: {end.port.name}, State: {state}, {active}, Circuit Id: 0x0\n"
        f"    Type: {CIRCUITS[end.network_type]}, Level: {LEVELS[end.level]}\n{levels}"
    )
