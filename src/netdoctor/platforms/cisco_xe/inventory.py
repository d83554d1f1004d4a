"""What the device is: version, uptime, chassis and modules."""

from __future__ import annotations

import re

from netdoctor.model.facts import DeviceInfo, Sensor, Transceiver
from netdoctor.platforms.base import command
from netdoctor.platforms.cisco_xe.environment_words import state_of
from netdoctor.platforms.cisco_xe.names import normalise_interface
from netdoctor.platforms.cisco_xe.reading import INTERFACE, Read, on_request
from netdoctor.platforms.text import Block, blocks, each, first
from netdoctor.platforms.values import duration_s, text

_HOST = re.compile(r"^\s*(\S+) uptime is ([^\n]+)", re.M)
_VERSION = re.compile(r"\bSoftware\b[^\n]*?,? Version ([^,\s]+),", re.I)
_XE_VERSION = re.compile(r"\bVersion:? +([^,\s]+)", re.I)
_MODEL = re.compile(r"^\s*cisco ([\w/+.-]+)[^\n]*(?:processor|with \d+K|\bmemory\b)", re.M | re.I)
_MODEL_NUMBER = re.compile(r"^\s*Model [Nn]umber\s*: *(\S+)", re.M)
_SERIAL = re.compile(r"^\s*(?:Processor board ID|System [Ss]erial [Nn]umber\s*:) *(\S+?),?\s*$", re.M)
_REASON = re.compile(r"^\s*Last reload reason *: *([^\n]+)", re.M)
_RETURNED = re.compile(r"^\s*System returned to ROM by (.+?)(?: at \d[^\n]*)?$", re.M)


@command(
    "show version",
    area="device",
    gives=(DeviceInfo,),
    aliases=("show hardware", "show version brief"),
)
def version(output: str) -> Read:
    """The release of IOS, the chassis and since when it runs."""
    host = _HOST.search(output)
    release = first(_VERSION, output) or first(_XE_VERSION, output)
    if not (host or release):
        return
    yield DeviceInfo(
        hostname=host[1] if host else None,
        vendor="Cisco",
        model=first(_MODEL, output) or first(_MODEL_NUMBER, output),
        os_version=release,
        serial=first(_SERIAL, output),
        uptime_s=duration_s(host[2]) if host else None,
        last_reload_reason=first(_REASON, output) or first(_RETURNED, output),
    )


_PACKAGE = re.compile(
    r"Package: *(?P<name>[^,\n]+), version: *(?P<version>[^,\s]+), status: *(?P<status>[^,\n]+)"
)


@command(
    "show version running",
    area="device",
    gives=(DeviceInfo,),
    arguments=on_request,
    aliases=("show version {place*} running", "show version {place*} installed", "show version installed"),
)
def packages(output: str) -> Read:
    """The release of the packages that run."""
    found = [one for one in _PACKAGE.finditer(output) if one["version"] != "n/a"]
    active = next((one for one in found if one["status"].strip() == "active"), next(iter(found), None))
    if active:
        yield DeviceInfo(vendor="Cisco", os_version=active["version"])


_ITEM = re.compile(
    r'^[ \t]*NAME: *"(?P<name>[^"\n]*)", *DESCR: *"(?P<about>[^\n]*?)"[ \t]*\n'
    r"[ \t]*PID: *(?P<pid>[^,\n]*?) *,[ \t]*VID: *(?P<vid>[^,\n]*?) *,[ \t]*SN: *(?P<serial>[^\n]*)",
    re.M,
)
_PORT = re.compile(INTERFACE)
_NAMED_CHASSIS = re.compile(r"^(\w+) chassis\b")
_CHASSIS = re.compile(r"chassis|^(?:Switch )?1$|^Switch System$|^\w+ stack$", re.I)
_OPTIC = re.compile(r"base|sfp|xfp|gbic|transceiver|\bAOC\b|\bDAC\b|\b[CQ]?SFP|Gig.*optic", re.I)


@command(
    "show inventory", area="device", gives=(DeviceInfo, Transceiver), aliases=("show inventory {which}",)
)
def inventory(output: str) -> Read:
    """The chassis and the modules in its ports, each by what it says of itself."""
    found = list(blocks(output, _ITEM))
    chassis = next((one for one in found if _CHASSIS.search(one.head["name"]) and _told(one, "serial")), None)
    if chassis or found:
        told = chassis or found[0]
        model = _told(told, "pid") or first(_NAMED_CHASSIS, told.head["about"])
        yield DeviceInfo(vendor="Cisco", model=model, serial=_told(told, "serial"))
    yield from each(found, _module)


def _told(block: Block, field: str) -> str | None:
    word = text(block.head[field])
    return None if word is None or word.lower() == "unspecified" else word


def _module(block: Block) -> Read:
    name, about = block.head["name"].strip(), block.head["about"].strip()
    if _PORT.fullmatch(name) and _OPTIC.search(about):
        yield Transceiver(
            interface=normalise_interface(name),
            present=True,
            media_type=about,
            part_number=_told(block, "pid"),
            serial=_told(block, "serial"),
        )


_CHASSIS_TYPE = re.compile(r"^\s*Chassis [Tt]ype *: *(\S+)", re.M)
_SLOT = re.compile(
    r"^[ \t]*(?P<slot>[A-Z]?\d+(?:/\d+)?)[ \t]+(?:(?P<type>\S+)[ \t]+)??"
    r"(?P<state>(?:ok|inserted|out of service|booting|disabled|failed|unknown|empty|init\w*|N/A|ps, fail\w*"
    r"|fan, fail\w*)(?:, ?\w+)*)[ \t]{2,}(?:never|\d\S*)[ \t]*$",
    re.M | re.I,
)
_CARD = re.compile(
    r"^[ \t]*(?P<slot>\d+)[ \t]+(?:[0-9a-f.]{14} to [0-9a-f.]{14}|Unknown)[ \t].*?"
    r"(?P<state>Ok|Pass|Other|PwrDown|PwrDeny|Fail\w*|Faulty|Minor\w*|Major\w*|Disabled|Unknown)[ \t]*$",
    re.M | re.I,
)
_STACK = re.compile(
    r"^\s*(?P<number>\d)\s+(?P<ports>\d+)\s+(?P<model>\S+)\s+(?P<serial>\S+)\s+(?P<mac>[0-9a-f.]{14})\s+"
    r"(?P<hardware>\S+)\s+(?P<version>\S+)",
    re.M,
)


@command(
    "show platform",
    area="device",
    gives=(DeviceInfo, Sensor),
    arguments=on_request,
    aliases=("show module", "show module all"),
)
def platform(output: str) -> Read:
    """The chassis, and its power supplies and fans by slot; the first switch of a stack."""
    if chassis := first(_CHASSIS_TYPE, output):
        yield DeviceInfo(vendor="Cisco", model=chassis)
    elif switch := _STACK.search(output):
        yield DeviceInfo(
            vendor="Cisco",
            model=switch["model"],
            serial=switch["serial"],
            os_version=switch["version"],
        )
    for found in _SLOT.finditer(output):
        yield _slot(found["slot"], found["type"] or "", found["state"])
    for found in _CARD.finditer(output):
        state = state_of(found["state"])
        yield Sensor(name=f"Module {found['slot']}", kind="module", state=state)


def _slot(slot: str, card: str, state: str) -> Sensor:
    """Slots `P0` and on hold power supplies and fans; the others hold cards."""
    known = "absent" if card == "Unknown" or state == "N/A" else state_of(state)
    if not slot.startswith("P"):
        return Sensor(name=slot, kind="module", state=known)
    return Sensor(name=slot, kind="fan" if "FAN" in card.upper() else "power", state=known)
