"""IS-IS: adjacencies and interfaces."""

from __future__ import annotations

from collections.abc import Iterator

from netdoctor.lab.igp import IgpInterface
from netdoctor.lab.render import View, answers
from netdoctor.lab.render.cisco_xe.interfaces import state
from netdoctor.lab.render.cisco_xe.ospf import far_end, running
from netdoctor.lab.render.cisco_xe.texts import age, cef_address, chosen, short

STATES = {"down": "DOWN", "init": "INIT", "full": "UP"}
LEVELS = {"1": "L1", "2": "L2", "1-2": "L1L2"}


@answers("show isis neighbors detail", "show isis neighbors")
def neighbors(view: View) -> str:
    ends = running(view, "isis")
    if not ends:
        return ""
    head = "\nTag CORE:\nSystem Id       Type Interface     IP Address      State Holdtime Circuit Id\n"
    pairs = [(end, far) for end in ends if (far := far_end(view, end))]
    return head + "".join(f"{line}\n" for pair in pairs for line in _neighbor(*pair, view))


def _neighbor(end: IgpInterface, far: IgpInterface, view: View) -> Iterator[str]:
    word, address = STATES[end.state], cef_address(far.port)
    yield (
        f"{far.device.name:<15} {LEVELS[end.level]:<4} {short(end.port.name):<13} {address:<15} {word:<5} "
        f"{28:<8} {end.port.index:02d}"
    )
    yield f"  Area Address(es): {far.area}"
    yield f"  IP Address(es):  {address}*"
    yield f"  State Changed: {age(view.at - end.since)}"
    yield "  Format: Phase V"
    yield "  Remote TID: 0"
    yield "  Local TID:  0"
    yield f"  Interface name: {end.port.name}"
    yield f"  Neighbor Circuit Id: {far.port.index}"
    yield ""


@answers("show clns interface", "show clns interface {interface}")
def interfaces(view: View, interface: str | None = None) -> str:
    ends = {end.port.name: end for end in running(view, "isis")}
    return "".join(
        f"{line}\n"
        for port in chosen(view, interface)
        for line in (
            f"{port.name} is {state(port)[0]}, line protocol is {state(port)[1]}",
            *(_interface(ends[port.name]) if port.name in ends else ("  CLNS protocol processing disabled",)),
        )
    )


def _interface(end: IgpInterface) -> Iterator[str]:
    yield f"  Checksums enabled, MTU {end.port.mtu_bytes - 3}, Encapsulation SAP"
    yield "  ERPDUs enabled, min. interval 10 msec."
    yield "  CLNS fast switching enabled"
    yield "  CLNS SSE switching disabled"
    yield "  DEC compatibility mode OFF for this interface"
    yield "  Next ESH/ISH in 20 seconds"
    yield "  Routing Protocol: IS-IS (CORE)"
    yield f"    Circuit Type: level-{end.level}"
    yield f"    Interface number 0x{end.port.index:X}, local circuit ID 0x{end.port.index:X}"
    if end.passive:
        yield "    Passive interface"
    for one in end.level.split("-"):
        yield f"    Level-{one} Metric: {end.cost}, Priority: 64, Circuit ID: {end.device.name}.00"
        yield f"    Level-{one} IPv6 Metric: {end.cost}"
        yield f"    Number of active level-{one} adjacencies: {int(end.adjacent)}"
    if not end.passive:
        yield "    Next IS-IS Hello in 4 seconds"
        yield "    if state UP" if end.port.oper_up else "    if state DOWN"


@answers("show clns protocol")
def process(view: View) -> str:
    ends = running(view, "isis")
    return "".join(f"{line}\n" for line in _process(view, ends)) if ends else ""


def _process(view: View, ends: list[IgpInterface]) -> Iterator[str]:
    yield ""
    yield "IS-IS Router: CORE (0x10000)"
    yield f"  System Id: {system_id(view)}.00  IS-Type: level-{ends[0].level}"
    yield "  Manual area address(es): "
    yield from (f"        {area}" for area in dict.fromkeys(end.area for end in ends))
    yield "  Routing for area address(es): "
    yield from (f"        {area}" for area in dict.fromkeys(end.area for end in ends))
    yield "  Interfaces supported by IS-IS:"
    for end in ends:
        yield f"        {end.port.name} - IP{' (passive)' if end.passive else ''}"
    yield "  Redistribute:"
    yield "    static (on by default)"
    yield "  Distance for L2 CLNS routes: 110"
    yield "  RRR level: none"
    yield "  Generate narrow metrics: none"
    yield "  Accept narrow metrics:   none"
    yield "  Generate wide metrics:   level-1-2"
    yield "  Accept wide metrics:     level-1-2"


def system_id(view: View) -> str:
    """The system id that the router id gives: `10.255.0.1` as `0102.5500.0001`."""
    digits = "".join(f"{int(part):03d}" for part in view.device.router_id.split("."))
    return ".".join(digits[start : start + 4] for start in (0, 4, 8))
