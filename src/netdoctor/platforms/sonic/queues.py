"""Queues: what they sent and dropped, how full they were; priority flow control."""

from __future__ import annotations

import re
from typing import Any, Final

from netdoctor.model.facts import PfcCounters, QueueCounters
from netdoctor.platforms.base import EMPTY, NotUnderstood, command
from netdoctor.platforms.linux.reading import documents, inner
from netdoctor.platforms.sonic.reading import Read, Row, cell, counter, is_port, on_request, read_table, table
from netdoctor.platforms.text import each
from netdoctor.platforms.values import clean, count


@command(
    "show queue counters --json",
    area="queue",
    gives=(QueueCounters,),
    sampled=True,
    aliases=("show queue counters[ {interface}] --json[ {options*}]", "queuestat -j[ {options*}]"),
)
def queues(output: str) -> Read:
    """Every queue of every port; one that the ASIC does not count (`N/A`) is left out."""
    if not output.strip():
        return
    nothing = True
    for document in documents(output):
        for port in inner({"": document}, ""):
            for queue, entry in inner(document, port).items():
                if not isinstance(entry, dict):
                    continue
                nothing = False
                yield from _counted(
                    QueueCounters(
                        interface=clean(port),
                        queue=clean(queue),
                        transmitted_pkts=_number(entry.get("totalpacket")),
                        transmitted_bytes=_number(entry.get("totalbytes")),
                        dropped_pkts=_number(entry.get("droppacket")),
                        dropped_bytes=_number(entry.get("dropbytes")),
                    )
                )
    yield EMPTY
    if nothing and "{" not in output:
        raise NotUnderstood("no queues")


def _number(value: Any) -> int | None:
    if type(value) is str and value.isdecimal() and len(value) < 19:
        return int(value)
    return count(value.replace(",", "")) if isinstance(value, str) else count(value)


def _counted(found: QueueCounters) -> Read:
    if (
        found.transmitted_pkts is not None
        or found.transmitted_bytes is not None
        or found.dropped_pkts is not None
        or found.dropped_bytes is not None
    ):
        yield found


@command(
    "show queue counters",
    area="queue",
    gives=(QueueCounters,),
    arguments=on_request,
    aliases=(
        "show queue counters {options*}",
        "show queue wredcounters[ {options*}]",
        "queuestat[ {options*}]",
    ),
)
def queues_text(output: str) -> Read:
    """The same as tables, one a port. Of packets that were to be trimmed, those that were lost are drops."""
    if output.lstrip()[:1] == "{":
        yield from queues(output)
        return
    yield from each(table(output), _queue)
    if re.search(r"^ *Port +(?:TxQ|Voq)\b", output, re.MULTILINE):
        yield EMPTY


def _queue(row: Row) -> Read:
    port, queue = cell(row, "port"), cell(row, "txq", "voq")
    if port is None or queue is None or not is_port(port):
        raise ValueError("not a queue")
    yield from _counted(
        QueueCounters(
            interface=port,
            queue=queue,
            transmitted_pkts=counter(row, "counter/pkts"),
            transmitted_bytes=counter(row, "counter/bytes"),
            dropped_pkts=counter(row, "drop/pkts", "wreddrp/pkts", "trimdrop/pkts"),
            dropped_bytes=counter(row, "drop/bytes", "wreddrp/bytes"),
        )
    )


_QUEUE: Final = re.compile(r"(?:UC|MC|ALL|VOQ|PG)\d+", re.IGNORECASE)


@command(
    "show queue watermark unicast",
    area="queue",
    gives=(QueueCounters,),
    arguments=on_request,
    aliases=(
        "show queue watermark {options*}",
        "show queue persistent-watermark {options*}",
        "show priority-group watermark {options*}",
        "show priority-group persistent-watermark {options*}",
        "watermarkstat {options*}",
    ),
)
def watermarks(output: str) -> Read:
    """The most bytes that stood in each queue, or in each priority group at the way in."""
    yield from each(table(output), lambda row: _by_column(row, "depth_max_bytes"))


@command(
    "show priority-group drop counters",
    area="queue",
    gives=(QueueCounters,),
    arguments=on_request,
    aliases=("show priority-group drop counters {options*}", "pg-drop -c show[ {options*}]"),
)
def group_drops(output: str) -> Read:
    """Packets that a priority group had no buffer for, at the way in."""
    yield from each(table(output), lambda row: _by_column(row, "dropped_pkts"))


def _by_column(row: Row, field: str) -> Read:
    port = cell(row, "port", "interface")
    if port is None or not is_port(port):
        raise ValueError("not a port")
    for name in row.cells:
        value = counter(row, name)
        if _QUEUE.fullmatch(name) and value is not None:
            way = "in" if name.startswith("pg") else "out"
            fields: dict[str, Any] = {field: value}
            yield QueueCounters(interface=port, queue=name.upper(), direction=way, **fields)  # type: ignore[arg-type]  # one of the two


_PRIORITIES: Final = {f"pfc{priority}": priority for priority in range(8)}
_WAYS: Final = {"port rx": "received_pause_count", "port tx": "sent_pause_count"}


@command(
    "show pfc counters",
    area="queue",
    gives=(PfcCounters,),
    sampled=True,
    aliases=("show pfc counters {options*}", "pfcstat[ {options*}]"),
)
def pauses(output: str) -> Read:
    """Pause frames by priority: a table of those received (`Port Rx`), then one of those sent."""
    yield from each(table(output), _pause)


def _pause(row: Row) -> Read:
    way = next((name for name in _WAYS if name in row.cells), None)
    port = cell(row, way) if way else None
    if way is None or port is None or not is_port(port):
        raise ValueError("not a port")
    for name in row.cells:
        if name in _PRIORITIES and (value := counter(row, name)) is not None:
            fields: dict[str, Any] = {_WAYS[way]: value}
            yield PfcCounters(interface=port, priority=_PRIORITIES[name], **fields)


@command(
    "show pfcwd stats",
    area="queue",
    gives=(PfcCounters,),
    sampled=True,
    aliases=("show pfcwd stats {options*}", "pfcwd show stats[ {options*}]"),
)
def storms(output: str) -> Read:
    """Pause storms that the watchdog found, by port and priority (`Ethernet0:3`)."""
    yield from read_table(output, _storm)
    if re.search(r"^ *QUEUE +STATUS", output, re.MULTILINE):
        yield EMPTY


def _storm(row: Row) -> Read:
    port, _, priority = (cell(row, "queue") or "").rpartition(":")
    found = (cell(row, "storm detected/restored") or "").partition("/")[0]
    if not is_port(port) or count(priority) is None:
        raise ValueError("not a queue")
    yield PfcCounters(interface=port, priority=int(priority), watchdog_storms_count=count(found))
