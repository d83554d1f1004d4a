"""BGP's table, and what neighbours are told and tell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from netdoctor.lab.render import View, answers
from netdoctor.lab.render.nokia_srl.texts import boxed, lines, rule
from netdoctor.lab.render.text import NO_ADDRESS
from netdoctor.lab.routes import Path, advertised

CODES = "Status codes: u=used, *=valid, >=best, x=stale\nOrigin codes: i=IGP, e=EGP, ?=incomplete\n"
HEADS = ("Status", "Network", "Path-id", "Next Hop", "MED", "LocPref", "AsPath", "Origin")


def _hop(path: Path) -> str:
    return path.learned_from.peer_address if path.learned_from else NO_ADDRESS


def _as_path(path: Path) -> str:
    return f"[{', '.join(map(str, path.as_path))}] " if path.as_path else " "


@answers("show network-instance {vrf} protocols bgp routes ipv4 summary")
def table(view: View, vrf: str) -> str:
    best = view.device.best if view.device.bgp_running else {}
    rows = [row for prefix, paths in sorted(best.items()) for row in _rows(prefix, paths)]
    ecmp = sum(len(paths) > 1 for paths in best.values())
    return (
        rule()
        + 'Show report for the BGP route table of network-instance "default"\n'
        + rule()
        + CODES
        + rule()
        + boxed(("Status", "Network", "Next Hop", "MED", "LocPref", "Path Val"), rows)
        + f"{len(rows)} received BGP routes: {len(rows)} used, {len(rows)} valid, 0 stale\n"
        + f"{len(best)} available destinations: {ecmp} with ECMP multipaths\n"
        + rule()
    )


def _rows(prefix: str, paths: list[Path]) -> Iterator[tuple[str, ...]]:
    """All paths of a prefix; equal ones share the traffic, and each is a best one."""
    for path in paths:
        yield "u*>", prefix, _hop(path), "-", "100", f"{_as_path(path)}i"


@answers("show network-instance {vrf} protocols bgp routes ipv4 prefix {prefix} detail")
def route(view: View, vrf: str, prefix: str) -> str:
    paths = view.device.best.get(prefix, []) if view.device.bgp_running else []
    head = (
        rule()
        + 'Show report for the BGP routes to network "'
        + prefix
        + '" network-instance "default"\n'
        + rule()
    )
    body = "".join(
        lines(
            f"Network: {prefix}",
            f"  Path {n}: <Best,Valid,Used,>",
            f"    Route source    : neighbor {_hop(path)}",
            "    Route preference: No MED, LocalPref is 100",
            f"    BGP next-hop    : {_hop(path)}",
            f"    AS Path         : {_as_path(path)}i",
        )
        for n, path in enumerate(paths, 1)
    )
    return head + body + rule()


@answers("show network-instance {vrf} protocols bgp neighbor {peer} received-routes ipv4")
def received(view: View, vrf: str, peer: str) -> str:
    end = view.device.neighbors.get(peer)
    paths = end.received if end else {}
    used = {prefix for prefix, kept in view.device.best.items() if end in [one.learned_from for one in kept]}
    marks = {
        prefix: "u*>" if prefix in used else "*" if end and prefix in end.accepted else "" for prefix in paths
    }
    rows = [(marks[prefix], *_cells(prefix, path, peer)) for prefix, path in sorted(paths.items())]
    valid = sum(bool(mark) for mark in marks.values())
    tail = f"{len(rows)} received BGP routes : {len(used)} used {valid} valid\n"
    return _head(view, peer) + CODES + _one_cell(HEADS, rows) + rule() + tail + rule()


@answers("show network-instance {vrf} protocols bgp neighbor {peer} advertised-routes ipv4")
def sent(view: View, vrf: str, peer: str) -> str:
    end = view.device.neighbors.get(peer)
    told: Mapping[str, Path] = advertised(end, end.remote_as) if end and end.established else {}
    rows = [
        _cells(prefix, Path((view.device.asn, *path.as_path)), end.local_address if end else "")
        for prefix, path in sorted(told.items())
    ]
    codes = CODES.partition("\n")[2]
    tail = f"{len(rows)} advertised BGP routes\n"
    return _head(view, peer) + codes + _one_cell(HEADS[1:], rows) + rule() + tail + rule()


def _cells(prefix: str, path: Path, hop: str) -> tuple[str, ...]:
    return prefix, "0", hop, "-", "100", _as_path(path).strip() or "[]", "i"


def _head(view: View, peer: str) -> str:
    end = view.device.neighbors.get(peer)
    return (
        rule()
        + lines(
            f"Peer        : {peer}, remote AS: {end.remote_as if end else 0}, local AS: {view.device.asn}",
            "Type        : static",
            f"Description : {end.description if end else 'None'}",
            "Group       : fabric",
        )
        + rule()
    )


def _one_cell(heads: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    """A table in a box without inner bars: names stand in the middle of their columns, values at the left."""
    widths = [max(len(row[at]) for row in (heads, *rows)) + 3 for at in range(len(heads))]
    total = sum(widths) + 2
    names = "".join(f"{head:^{width}}" for head, width in zip(heads, widths, strict=True))
    body = "".join(
        "| " + "".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)) + " |\n"
        for row in rows
    )
    return f"+{'-' * total}+\n| {names} |\n+{'=' * total}+\n{body}+{'-' * total}+\n"
