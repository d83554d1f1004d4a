"""The configuration, in braces."""

from __future__ import annotations

from collections.abc import Iterator

from netdoctor.lab.bgp import Neighbor
from netdoctor.lab.hardware import BGP_PORT, Filter, Port
from netdoctor.lab.render import View, answers
from netdoctor.lab.render.juniper_junos.bgp import GROUP, neighbors_of
from netdoctor.lab.render.juniper_junos.filters import PROTECT, counter_name
from netdoctor.lab.render.juniper_junos.interfaces import HEADER_BYTES, chosen

INDENT = "    "
BFD_INTERVAL_MS, BFD_MULTIPLIER = 300, 3


def _block(head: str, lines: Iterator[str] | list[str]) -> Iterator[str]:
    yield f"{head} {{"
    yield from (INDENT + line for line in lines)
    yield "}"


def _text(lines: Iterator[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


@answers("show configuration protocols bgp | no-more", "show configuration protocols bgp")
def bgp(view: View) -> str:
    return _text(_bgp(view))


def _bgp(view: View) -> Iterator[str]:
    if view.device.draining:
        yield from _block("graceful-shutdown", ["sender;"])
    ends = neighbors_of(view)
    if ends:
        yield from _block(f"group {GROUP}", _group(ends))


def _group(ends: list[Neighbor]) -> Iterator[str]:
    yield "type external;"
    yield from _block("multipath", ["multiple-as;"])
    for end in ends:
        yield from _block(f"neighbor {end.peer_address}", _neighbor(end))


def _neighbor(end: Neighbor) -> Iterator[str]:
    yield f"description {end.description};"
    if end.gtsm_hops:
        yield "ttl 255;"
    yield f"import {end.import_policy.name};"
    if end.password:
        yield f'authentication-key "$9${end.password}"; ## SECRET-DATA'
    if end.prefix_limit:
        limit = [f"maximum {end.prefix_limit};", "teardown;"]
        yield from _block("family inet", _block("unicast", _block("prefix-limit", limit)))
    yield f"export {end.export_policy.name};"
    yield f"peer-as {end.remote_as};"
    if end.bfd:
        timers = [f"minimum-interval {BFD_INTERVAL_MS};", f"multiplier {BFD_MULTIPLIER};"]
        yield from _block("bfd-liveness-detection", timers)
    if end.shutdown:
        yield "shutdown;"


@answers("show configuration interfaces {interface} | no-more", "show configuration interfaces {interface}")
def interface(view: View, interface: str) -> str:
    return _text(line for port in chosen(view, interface) for line in _interface(port))


def _interface(port: Port) -> Iterator[str]:
    if not port.admin_up:
        yield "disable;"
    if port.description:
        yield f'description "{port.description}";'
    if port.kind == "ethernet":
        yield f"mtu {port.mtu_bytes + HEADER_BYTES};"
    if port.address:
        yield from _block("unit 0", _block("family inet", [f"address {port.address};"]))


@answers("show configuration firewall | no-more", "show configuration firewall")
def firewall(view: View) -> str:
    rules = view.device.filters
    terms = (line for rule in rules for line in _block(f"term {counter_name(rule)}", _term(rule)))
    return _text(_block("family inet", _block(f"filter {PROTECT}", terms))) if rules else ""


def _term(rule: Filter) -> Iterator[str]:
    source = _block("source-address", [f"{rule.source}/32;"])
    port = "bgp" if rule.tcp_port == BGP_PORT else str(rule.tcp_port)
    yield from _block("from", iter([*source, "protocol tcp;", f"destination-port {port};"]))
    yield from _block("then", [f"count {counter_name(rule)};", "discard;"])


@answers(
    "show configuration class-of-service interfaces | no-more",
    "show configuration class-of-service interfaces",
)
def shapers(view: View) -> str:
    ports = [port for port in view.device.ports.values() if port.shaper_bps]
    return _text(line for port in ports for line in _block(port.name, [f"shaping-rate {port.shaper_bps};"]))


@answers(
    "show class-of-service interface {interface} | no-more",
    "show class-of-service interface {interface}",
    "show class-of-service interface",
)
def class_of_service(view: View, interface: str | None = None) -> str:
    ports = [port for port in chosen(view, interface) if port.queues]
    return _text(line for port in ports for line in _class_of_service(port))


def _class_of_service(port: Port) -> Iterator[str]:
    yield f"Physical interface: {port.name}, Index: {640 + port.index}"
    yield f"Queues supported: 10, Queues in use: {len(port.queues)}"
    if port.shaper_bps:
        yield f"  Shaping rate: {port.shaper_bps} bps"
    yield "  Scheduler map: <default>, Index: 2"
    yield "  Congestion-notification: Disabled"
