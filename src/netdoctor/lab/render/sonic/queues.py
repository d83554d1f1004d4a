"""Queues as queuestat prints them; priority flow control; drops by port."""

from __future__ import annotations

from netdoctor.lab.hardware import Port, Queue
from netdoctor.lab.render import View, answers
from netdoctor.lab.render.sonic.interfaces import errors, front, state
from netdoctor.lab.render.sonic.tables import ruled
from netdoctor.lab.render.text import as_json, counted

PRIORITIES = range(8)


def _name(queue: Queue) -> str:
    return f"UC{queue.traffic_class}"


@answers("show queue counters --json")
def counters(view: View) -> str:
    return as_json(
        {
            port.name: {_name(queue): _counts(queue, view) for queue in port.queues}
            | {"time": f"{view.device_time:.6f}"}
            for port in front(view)
        },
        indent=2,
    )


def _counts(queue: Queue, view: View) -> dict[str, str]:
    read = {name: f"{meter.read(view.at):,}" for name, meter in queue.meters.items()}
    return {
        "dropbytes": read["dropped_octets"],
        "droppacket": read["dropped_pkts"],
        "totalbytes": read["sent_octets"],
        "totalpacket": read["sent_pkts"],
    }


@answers("show queue counters {interface}", "show queue counters")
def counters_text(view: View, interface: str | None = None) -> str:
    return "\n".join(_table(port, view) for port in front(view, interface))


def _table(port: Port, view: View) -> str:
    headings = ("Port", "TxQ", "Counter/pkts", "Counter/bytes", "Drop/pkts", "Drop/bytes")
    fields = ("totalpacket", "totalbytes", "droppacket", "dropbytes")
    rows = ((port.name, _name(queue), *map(_counts(queue, view).get, fields)) for queue in port.queues)
    return f"For namespace :\n{ruled(headings, rows)}"


@answers("show queue watermark unicast")
def watermarks(view: View) -> str:
    """How full each queue was at most, as far as it is full now."""
    rows = []
    for port in front(view):
        depths = {queue.traffic_class: queue.depth_octets for queue in port.queues}
        rows.append((port.name, *(depths.get(priority, 0) for priority in PRIORITIES)))
    headings = ("Port", *(f"UC{priority}" for priority in PRIORITIES))
    return f"Egress shared pool occupancy per unicast queue:\n{ruled(headings, rows)}"


@answers('sonic-db-dump -n CONFIG_DB -k "[PQS][OCU][RHE][TEU][_DE]*" -y')
def configuration(view: View) -> str:
    """The maps of every port, its queues' schedulers, and the schedulers themselves."""
    weighted, strict = {"type": "DWRR", "weight": "14"}, {"type": "STRICT"}
    schedulers = {"scheduler.0": weighted, "scheduler.1": strict}
    tables: dict[str, dict[str, str]] = {}
    for port in front(view):
        maps = {"dscp_to_tc_map": "AZURE", "tc_to_queue_map": "AZURE"}
        if port.shaper_bps:
            maps["scheduler"] = f"shaper.{port.name}"
            rate = {"meter_type": "bytes", "pir": str(port.shaper_bps // 8)}
            schedulers[maps["scheduler"]] = {**strict, **rate}
        tables[f"PORT_QOS_MAP|{port.name}"] = maps
        for queue in port.queues:
            name = "scheduler.1" if queue.traffic_class == max(PRIORITIES) else "scheduler.0"
            tables[f"QUEUE|{port.name}|{queue.traffic_class}"] = {"scheduler": name}
    tables |= {f"SCHEDULER|{name}": value for name, value in schedulers.items()}
    told = {
        key: {"expireat": None, "ttl": -1, "type": "hash", "value": tables[key]} for key in sorted(tables)
    }
    return as_json(told)


@answers("show pfc counters")
def pauses(view: View) -> str:
    """Nobody in these networks sends pause frames."""
    headings = [f"PFC{priority}" for priority in PRIORITIES]
    rows = [(port.name, *(0 for _ in PRIORITIES)) for port in front(view)]
    return f"{ruled(('Port Rx', *headings), rows)}\n{ruled(('Port Tx', *headings), rows)}"


@answers("show pfcwd stats")
def storms(view: View) -> str:
    headings = (
        "QUEUE",
        "STATUS",
        "STORM DETECTED/RESTORED",
        "TX OK/DROP",
        "RX OK/DROP",
        "TX LAST OK/DROP",
        "RX LAST OK/DROP",
    )
    return ruled(headings, ())


@answers("show dropcounters counts")
def drops(view: View) -> str:
    headings = ("IFACE", "STATE", "RX_ERR", "RX_DROPS", "TX_ERR", "TX_DROPS")
    return ruled(headings, (_drops(port, view) for port in front(view)))


def _drops(port: Port, view: View) -> tuple[object, ...]:
    counts = counted(port, view)
    return port.name, state(port), errors(counts), counts["in_discards"], 0, counts["out_discards"]
