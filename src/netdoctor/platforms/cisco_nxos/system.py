"""What the device is, since when it runs, and what it consists of."""

from __future__ import annotations

import re

from netdoctor.model.facts import Clock, DeviceInfo
from netdoctor.platforms.base import NotUnderstood, command
from netdoctor.platforms.cisco_nxos.reading import (
    J,
    Object,
    Read,
    document,
    on_request,
    rows,
    said,
    structured,
    without_json,
)
from netdoctor.platforms.syslog import when
from netdoctor.platforms.text import first
from netdoctor.platforms.values import count, duration_s

_VENDOR = "Cisco"
_FIELDS = {
    "version": re.compile(
        r"^ *(?:NXOS|system|kickstart): +version +(\S+(?: \[build [^\]\n]+\])?)", re.M | re.I
    ),
    "chassis": re.compile(
        r"^ *cisco ((?!Nexus Operating)Nexus.*?|N\dK\S*.*?|NX-OSv|MDS.*?)(?: +Chassis)?(?: *\(.*)?$",
        re.M | re.I,
    ),
    "hostname": re.compile(r"^ *Device name: *(\S+)", re.M),
    "serial": re.compile(r"^ *Processor Board ID +(\S+)", re.M),
    "uptime": re.compile(r"^ *Kernel uptime is +(.+)$", re.M),
    "reason": re.compile(r"^ *Reason: *(\S.*)$", re.M),
}


@command("show version", area="device", gives=(DeviceInfo,))
def version(output: str) -> Read:
    """Model, release, uptime, and why the device restarted. In text, for every Nexus answers it."""
    if structured(output):
        yield from version_json(output)
        return
    told = {name: said(first(pattern, output)) for name, pattern in _FIELDS.items()}
    if not told["version"] and not told["chassis"]:
        if output.strip():
            raise NotUnderstood("no version and no chassis")
        return
    system = re.search(r"^ *(?:NXOS|system): +version +(\S+(?: \[build [^\]\n]+\])?)", output, re.M | re.I)
    yield DeviceInfo(
        hostname=told["hostname"],
        vendor=_VENDOR,
        model=_model(told["chassis"]),
        os_version=system[1] if system else told["version"],
        serial=told["serial"],
        uptime_s=duration_s(told["uptime"]),
        last_reload_reason=told["reason"],
    )


def _model(chassis: str | None) -> str | None:
    return re.sub(r"\s+chassis$", "", chassis.strip(), flags=re.I) if chassis else None


@command(
    "show version | json",
    area="device",
    gives=(DeviceInfo,),
    arguments=on_request,
    aliases=("show version" + J,),
)
def version_json(output: str) -> Read:
    """The same as an object."""
    found = document(output)
    if not found:
        return
    release = next(
        (
            said(found.get(key))
            for key in ("nxos_ver_str", "sys_ver_str", "rr_sys_ver", "kickstart_ver_str")
            if said(found.get(key))
        ),
        None,
    )
    chassis = said(found.get("chassis_id"))
    if not release and not chassis:
        raise NotUnderstood("no version and no chassis")
    units = (("days", 86_400), ("hrs", 3600), ("mins", 60), ("secs", 1))
    told = [(count(found.get(f"kern_uptm_{unit}")), scale) for unit, scale in units]
    known = [amount * scale for amount, scale in told if amount is not None]
    yield DeviceInfo(
        hostname=said(found.get("host_name")),
        vendor=_VENDOR,
        model=_model(chassis),
        os_version=release,
        serial=said(found.get("proc_board_id")),
        uptime_s=float(sum(known)) if known else None,
        last_reload_reason=said(found.get("rr_reason")),
    )


_PART = re.compile(
    r'^ *NAME: *"(?P<name>[^"\n]*)", *DESCR: *"(?P<description>[^"\n]*)" *\n *PID: *(?P<pid>[^,\n]*?) *,'
    r" *VID: *(?P<vid>[^,\n]*?) *, *SN: *(?P<serial>\S*)",
    re.M,
)


@command("show inventory | json", area="device", gives=(DeviceInfo,), aliases=("show inventory[ all]" + J,))
def inventory(output: str) -> Read:
    """The chassis: its product and its serial number."""
    found = document(output)
    if found:
        yield from _chassis(
            [
                {
                    "name": said(row.get("name")),
                    "description": said(row.get("desc")),
                    "pid": said(row.get("productid")),
                    "serial": said(row.get("serialnum")),
                }
                for row in rows(found, "inv")
            ]
        )


@command(
    "show inventory",
    area="device",
    gives=(DeviceInfo,),
    arguments=without_json,
    aliases=("show inventory[ all| chassis]",),
)
def inventory_in_text(output: str) -> Read:
    """The same in text: two lines a part."""
    if structured(output):
        yield from inventory(output)
    elif output.strip():
        yield from _chassis([{**found.groupdict()} for found in _PART.finditer(output)])


def _chassis(parts: list[Object]) -> Read:
    if not parts:
        raise NotUnderstood("no parts")
    chassis = next((part for part in parts if "chassis" in str(part["name"]).lower()), parts[0])
    model = _model(said(chassis["description"])) or said(chassis["pid"])
    yield DeviceInfo(vendor=_VENDOR, model=model, serial=said(chassis["serial"]))


_CLOCK = re.compile(
    r"(\d\d:\d\d:\d\d(?:\.\d+)?) (?P<zone>\S+) \w{3} (?P<month>\w{3}) +(?P<day>\d{1,2}) (?P<year>\d{4})"
)


@command("show clock", area="services", gives=(Clock,))
def clock(output: str) -> Read:
    """The device's time; its zone is named, not reckoned: only UTC is sure."""
    found = _CLOCK.search(output)
    if found is None:
        if output.strip():
            raise NotUnderstood("no time of day")
        return
    if found["zone"].upper() not in {"UTC", "GMT"}:
        yield Clock(synchronised=None if "source" not in output else "NTP" in output)
        return
    told = when(f"{found['month']} {found['day']} {found['year']} {found[1]}", None)
    yield Clock(device_time=told, synchronised="NTP" in output if "Time source" in output else None)


_MODULES = re.compile(r"^ *Mod +Ports", re.M)
_SERIAL = re.compile(r"^ *(\d{1,2}) +(?:[0-9a-f]{2}-\S+ to \S+|NA|--) +(\w{8,14}) *$", re.M)
_ROW = re.compile(
    r"^ *(?P<module>\d{1,2}) +(?P<ports>\d+) +(?P<kind>\S.*?) {2,}(?P<model>[A-Z]\S+)? +"
    r"(?P<status>\w\S*(?: \w+)?)(?P<active> \*)? *$",
    re.M,
)
_WRAPPED_STATUS = re.compile(
    r"(?m)^( *\d{1,2} +\d+ +\S.*?) *\n( +(?:ok|active|standby|ha-standby|powered-\S+)\b.*)$"
)
"""On a narrow terminal the status stands on a line of its own."""


@command(
    "show module",
    area="device",
    gives=(DeviceInfo,),
    arguments=on_request,
    aliases=("show module[ {module}]", "show module" + J),
)
def modules(output: str) -> Read:
    """The supervisor that answers: its release and serial number. A line card is no fact of ours."""
    if structured(output):
        yield from _modules_json(output)
        return
    if not output.strip():
        return
    if not _MODULES.search(output):
        raise NotUnderstood("no table of modules")
    whole = _WRAPPED_STATUS.sub(r"\1 \2", output)
    active = next((row for row in _ROW.finditer(whole) if row["status"].startswith("active")), None)
    number = active["module"] if active else "1"
    serials = dict(_SERIAL.findall(output))
    software = re.search(rf"^ *{number} +(\d+\.\d+\S*) ", output, re.M)
    yield DeviceInfo(
        vendor=_VENDOR,
        model=active["model"] if active else None,
        os_version=software[1] if software else None,
        serial=serials.get(number),
    )


def _modules_json(output: str) -> Read:
    found = document(output)
    here = rows(found, "modinfo")
    if not here:
        raise NotUnderstood("no table of modules")
    active = next((row for row in here if str(row.get("status", "")).startswith("active")), here[0])
    number = str(active.get("modinf") or active.get("mod"))
    serials = {str(row.get("modmac") or row.get("mod")): row for row in rows(found, "modmacinfo")}
    software = {str(row.get("modwwn") or row.get("mod")): row for row in rows(found, "modwwninfo")}
    yield DeviceInfo(
        vendor=_VENDOR,
        model=said(active.get("model")),
        os_version=said(software.get(number, {}).get("sw")),
        serial=said(serials.get(number, {}).get("serialnum")),
    )
