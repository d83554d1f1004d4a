"""The device itself: version, uptime, changes, processes, clock."""

from __future__ import annotations

from netdoctor.lab.hardware import Process
from netdoctor.lab.render import View, answers
from netdoctor.lab.render.juniper_junos.shape import Said, Tree, age, root, shown
from netdoctor.lab.render.text import utc

NTP_SERVERS = ("192.0.2.251", "192.0.2.252")
NTP_ERA_S = 2_208_988_800
"""From 1900, where NTP begins, to 1970."""
COMMITS = 20


@shown("show version")
def version(view: View) -> Tree:
    device = view.device
    suite = {"name": "junos", "comment": f"JUNOS Software Suite [{device.os_version}]"}
    return {
        "software-information": {
            "host-name": device.name,
            "product-model": device.model,
            "product-name": device.model,
            "junos-version": device.os_version,
            "package-information": [suite],
        }
    }


@answers("show version", "show version | no-more")
def version_text(view: View) -> str:
    device = view.device
    return (
        f"Hostname: {device.name}\n"
        f"Model: {device.model}\n"
        f"Junos: {device.os_version}\n"
        f"JUNOS OS Kernel 64-bit  [20230928.1e2b4c9_builder_stable_12_214]\n"
        f"JUNOS OS libs [20230928.1e2b4c9_builder_stable_12_214]\n"
        f"JUNOS Routing mpls-oam-basic [{device.os_version}]\n"
        f"JUNOS Software Suite [{device.os_version}]\n"
    )


@shown("show system uptime")
def uptime(view: View) -> Tree:
    device = view.device
    up_s = view.at - device.booted_at
    load = f"{device.cpu_pct / 100.0 * device.cores_count:.2f}"
    changes = [event for event in device.events if event.kind == "config_change"]
    last = max(changes, key=lambda event: event.at, default=None)
    since_s = view.at - last.at if last else up_s
    return root(
        "system-uptime-information",
        {
            "current-time": {"date-time": _moment(view.device_time)},
            "time-source": " NTP CLOCK " if device.ntp_reachable else " LOCAL CLOCK ",
            "system-booted-time": _since(view, up_s),
            "protocols-started-time": _since(view, up_s - 65.0),
            "last-configured-time": {**_since(view, since_s), "user": last.subject if last else "root"},
            "uptime-information": {
                "date-time": f"{utc(view.device_time):%I:%M%p}",
                "up-time": Said(age(up_s), {"junos:seconds": str(int(up_s))}),
                "active-user-count": 1,
                "load-average-1": load,
                "load-average-5": load,
                "load-average-15": load,
            },
        },
        module="system",
    )


def _moment(at: float) -> Said:
    return Said(f"{utc(at):%Y-%m-%d %H:%M:%S} UTC", {"junos:seconds": str(int(at))})


def _since(view: View, seconds: float) -> Tree:
    length = Said(age(seconds), {"junos:seconds": str(int(seconds))})
    return {"date-time": _moment(view.device_time - seconds), "time-length": length}


@shown("show system commit")
def commits(view: View) -> Tree:
    changes = [event for event in view.device.events if event.kind == "config_change"]
    newest = sorted(changes, key=lambda event: -event.at)[:COMMITS]
    history = [
        {
            "sequence-number": number,
            "user": event.subject,
            "client": "cli",
            "date-time": _moment(event.at + view.device.clock_offset_s),
        }
        for number, event in enumerate(newest)
    ]
    return root("commit-information", {"commit-history": history}, module="system")


@answers("show system processes extensive | no-more", "show system processes extensive")
def processes(view: View) -> str:
    """The list as FreeBSD's top gives it; `WCPU` is of one core."""
    device = view.device
    load = f"{device.cpu_pct / 100.0 * device.cores_count:.2f}"
    now = utc(view.device_time)
    days, rest = divmod(int(view.at - device.booted_at), 86400)
    rows = [_process(process) for process in sorted(device.processes, key=lambda one: -one.cpu_pct)]
    busy = device.cpu_pct
    return (
        f"last pid: 41873;  load averages:  {load},  {load},  {load}  up {days}+{rest // 3600:02d}:"
        f"{rest // 60 % 60:02d}:{rest % 60:02d}    {now:%H:%M:%S}\n"
        f"{len(rows)} processes:  1 running, {max(0, len(rows) - 1)} sleeping\n"
        f"CPU: {busy * 0.8:4.1f}% user,  0.0% nice, {busy * 0.2:4.1f}% system,  0.0% interrupt, "
        f"{100.0 - busy:4.1f}% idle\n"
        f"{_memory(view)}\n\n"
        "  PID USERNAME    PRI NICE   SIZE    RES STATE    C   TIME    WCPU COMMAND\n"
        + "".join(f"{row}\n" for row in rows)
    )


def _memory(view: View) -> str:
    device = view.device
    used = sum(process.memory_bytes for process in device.processes) >> 10
    free = max(0, (device.memory_bytes >> 10) - used)
    wired = used // 4
    return f"Mem: {used - wired}K Active, {free // 3}K Inact, {wired}K Wired, {free - free // 3}K Free"


def _process(process: Process) -> str:
    megabytes = process.memory_bytes >> 20
    return (
        f"{process.pid:5d} root         20    0 {megabytes * 2:5d}M {megabytes:5d}M select   1 "
        f"{process.pid % 90:3d}:{process.pid % 60:02d} {process.cpu_pct:6.2f}% {process.name}"
    )


@answers(
    "show ntp associations no-resolve | no-more", "show ntp associations no-resolve", "show ntp associations"
)
def ntp_associations(view: View) -> str:
    head = (
        "     remote           refid      st t when poll reach   delay   offset  jitter\n" + "=" * 78 + "\n"
    )
    return head + "".join(_server(number, address, view) for number, address in enumerate(NTP_SERVERS))


def _server(number: int, address: str, view: View) -> str:
    if not view.device.ntp_reachable:
        return f" {address:<15} {'.INIT.':<15} 16 -    - 1024    0    0.000    0.000 4000.00\n"
    offset = view.device.ntp_offset_ms + 0.05 * number
    mark = "+" if number else "*"
    return (
        f"{mark}{address:<15} {'198.51.100.9':<15}  2 - {60 + 17 * number:4d} 1024  377 "
        f"{0.41 + 0.2 * number:8.3f} {offset:8.3f} {0.08:7.3f}\n"
    )


@answers("show ntp status | no-more", "show ntp status")
def ntp_status(view: View) -> str:
    heard = view.device.ntp_reachable
    leap, source = ("leap_none", "sync_ntp") if heard else ("leap_alarm", "sync_unspec")
    now = utc(view.device_time)
    second, part = divmod(view.device_time, 1.0)
    clock = f"{int(second) + NTP_ERA_S & 0xFFFFFFFF:08x}.{int(part * 2**32):08x}"
    return (
        f"status={'0644' if heard else 'c011'} {leap}, {source}, 4 events, event_peer/strat_chg,\n"
        f'version="ntpd 4.2.8p15", processor="amd64", system="FreeBSDJNPR-12.1",\n'
        f"leap={'00' if heard else '11'}, stratum={3 if heard else 16}, precision=-23, rootdelay=0.410,\n"
        f"refid={NTP_SERVERS[0] if heard else 'INIT'}, poll=10,\n"
        f"clock={clock}  {now:%a, %b %e %Y %H:%M:%S}.{int(part * 1000):03d}, state={4 if heard else 1},\n"
        f"offset={view.device.ntp_offset_ms:.3f}, frequency=4.968, jitter=0.080, stability=0.012\n"
    )
