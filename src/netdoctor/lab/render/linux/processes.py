"""Processes, and the files that daemons leave."""

from __future__ import annotations

from netdoctor.lab.hardware import Device, Process
from netdoctor.lab.render import View, answers
from netdoctor.lab.render.linux.daemons import DAEMONS, IGP_DAEMONS, runs, wanted
from netdoctor.lab.render.linux.manner import needs_root
from netdoctor.lab.render.text import utc

LISTENING, CONNECTED = "00010000", "00000000"


@answers("cat /proc/net/unix")
def sockets(view: View) -> str:
    device = view.device
    listening = [f"/var/run/frr/{name}.vty" for name in DAEMONS if runs(device, name)]
    if device.runs("zebra"):
        listening.append("/var/run/frr/zserv.api")
    if device.runs("lldpd"):
        listening.append("/run/lldpd.socket")
    rows = [(path, LISTENING, "01") for path in (*listening, "/run/systemd/private")]
    rows += [("/run/systemd/journal/stdout", CONNECTED, "03")] * 3
    lines = (
        f"0000000000000000: 00000002 00000000 {flags} 0001 {state} {20000 + 13 * n} {path}\n"
        for n, (path, flags, state) in enumerate(rows)
    )
    return "Num       RefCount Protocol Flags    Type St Inode Path\n" + "".join(lines)


@answers("ls /var/run/frr", "ls /run/frr")
def run_files(view: View) -> str:
    """What a daemon leaves stays when it dies."""
    names = [f"{name}.{kind}" for name in wanted(view.device) for kind in ("pid", "vty")]
    return "".join(f"{name}\n" for name in sorted([*names, "watchfrr.started", "zserv.api"]))


@answers("cat /etc/frr/daemons")
@needs_root("cat: /etc/frr/daemons: Permission denied")
def daemons(view: View) -> str:
    started = wanted(view.device)
    known = ("bgpd", "ospfd", "ospf6d", "isisd", "pimd", "bfdd")
    lines = "".join(f"{name}={'yes' if name in started else 'no'}\n" for name in known)
    return f"# which routing daemons watchfrr starts\n{lines}\nvtysh_enable=yes\n"


@answers("top -b -n 1 -w 512", "top -b -n 1")
def top_once(view: View) -> str:
    return _screen(view)


@answers("top -b -n 2 -d 1 -w 512")
def top_twice(view: View) -> str:
    return f"{_screen(view)}\n{_screen(view)}"


def _screen(view: View) -> str:
    device = view.device
    up_s = int(view.at - device.booted_at)
    load = device.cpu_pct / 100.0 * device.cores_count
    programs = [*device.processes, *_igp_processes(device)]
    ordered = sorted(programs, key=lambda process: -process.cpu_pct)
    return (
        f"top - {utc(view.device_time):%H:%M:%S} up {up_s // 86400} days, {up_s % 86400 // 3600:2d}:"
        f"{up_s % 3600 // 60:02d},  1 user,  load average: {load:.2f}, {load:.2f}, {load:.2f}\n"
        f"Tasks: {120 + len(ordered)} total,   1 running, {119 + len(ordered)} sleeping,"
        "   0 stopped,   0 zombie\n"
        f"{_usage(device)}\n"
        "    PID USER      PR  NI    VIRT    RES    SHR S  %CPU  %MEM     TIME+ COMMAND\n"
        + "".join(_process(process, view) for process in ordered)
    )


def _usage(device: Device) -> str:
    busy, total_mib = device.cpu_pct, device.memory_bytes / 2**20
    used_mib = memory_used_bytes(device) / 2**20
    free_mib = total_mib - used_mib
    return (
        f"%Cpu(s): {busy * 0.8:4.1f} us, {busy * 0.2:4.1f} sy,  0.0 ni, {100.0 - busy:4.1f} id,"
        "  0.0 wa,  0.0 hi,  0.0 si,  0.0 st\n"
        f"MiB Mem : {total_mib:8.1f} total, {free_mib:8.1f} free, {used_mib:8.1f} used,"
        "      0.0 buff/cache\n"
        f"MiB Swap:      0.0 total,      0.0 free,      0.0 used. {free_mib:8.1f} avail Mem\n"
    )


def _igp_processes(device: Device) -> list[Process]:
    running = [name for name in IGP_DAEMONS if runs(device, name)]
    return [Process(name, cpu_pct=0.0, memory_bytes=24 << 20, pid=1900 + n) for n, name in enumerate(running)]


def memory_used_bytes(device: Device) -> int:
    return sum(process.memory_bytes for process in device.processes)


def _process(process: Process, view: View) -> str:
    kib = process.memory_bytes // 1024
    share = 100.0 * process.memory_bytes / view.device.memory_bytes
    minutes, seconds = divmod(process.cpu_pct * 36.0, 60)
    user = "frr" if process.name in DAEMONS else "root"
    state = "R" if process.cpu_pct > 50 else "S"
    return (
        f"{process.pid:7d} {user:<8}  20   0 {kib * 3:7d} {kib:6d} {kib // 4:6d} {state} "
        f"{process.cpu_pct:5.1f} {share:5.1f} {minutes:6.0f}:{seconds:05.2f} {process.name}\n"
    )
