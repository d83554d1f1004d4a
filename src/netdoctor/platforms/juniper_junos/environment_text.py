"""The environment out of text, under the names that the tree gives its parts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from netdoctor.platforms.juniper_junos.reading import Node, sections
from netdoctor.platforms.values import number

_ROW = re.compile(
    r"^(?P<class>[A-Z][a-z]+)?[ \t]+(?P<name>\S[^\n]*?\S|\S) {2,}(?P<status>OK|Absent|Check|Failed|"
    r"Testing|Online|Offline|Present|Empty)\b *(?P<rest>[^\n]*)$",
    re.MULTILINE,
)
_BARE = re.compile(
    r"^(?P<class>)(?P<name>[A-Z]\w[^\n]*?\S) {2,}(?P<status>OK|Absent|Check|Failed|Testing|Online|"
    r"Offline|Present|Empty)\b *(?P<rest>[^\n]*)$",
    re.MULTILINE,
)


def rows_in(output: str) -> Iterator[Node]:
    """The table of all parts: `Class Item Status Measurement`; the class stands with its first row only."""
    if not re.search(r"^\s*(?:Class\s+)?Item\s+(?:Status\b|\S.*\bRPM\b)", output, re.M):
        return
    group = ""
    for line in output.splitlines():
        row = _ROW.match(line) or _BARE.match(line)
        if row is None:
            if named := re.fullmatch(r"(Temp|Fans|Power|Misc|Routing Engine)\s*", line):
                group = named[1]
            continue
        group = row["class"] or group
        found: Node = {
            "class": group,
            "name": row["name"].strip(),
            "status": row["status"],
            "comment": row["rest"].strip(),
        }
        if re.match(r"-?\d+ degrees", row["rest"]):
            found["temperature"] = row["rest"].strip()
        if rpm := re.search(r"(\d+) ?RPM|\b(\d{3,5})$", row["rest"]):
            found["rpm"] = rpm[1] or rpm[2]
        yield found


_COMPONENT = re.compile(r"^[ \t]*(?P<name>[A-Z][\w ]*\d|[A-Z][\w ]+?) status:[ \t]*$", re.MULTILINE)
_DEGREES = re.compile(
    r"^[ \t]*(?P<name>\S[^\n]*?) {2,}(?P<value>-?\d+ degrees C[^\n]*|Testing)[ \t]*$", re.MULTILINE
)
_NARROW = re.compile(r"^[ \t]*(?P<name>\S[^\n]*?Temperature) (?P<value>-?\d+ degrees C[^\n]*)$", re.MULTILINE)
_VERDICT = re.compile(
    r"^[ \t]*(?P<name>Temperature) {2,}(?P<value>OK|Failed|Check|Absent)[ \t]*$", re.MULTILINE
)
_VOLTS = re.compile(
    r"^[ \t]*(?P<name>\d+(?:\.\d+)? V[^\n]*?|[A-Z][\w ./-]*?V[\w ./-]*?) {2,}(?P<value>-?\d+) mV[ \t]*$",
    re.MULTILINE,
)
_STATE = re.compile(r"^[ \t]*State:? {2,}([^\n]+?)[ \t]*$", re.MULTILINE)
_FAN = re.compile(
    r"^[ \t]*(?P<name>[^\n]*?Fan[^\n]*?) {2,}(?P<value>\d+ RPM|OK|Failed|Check)[^\n]*$", re.MULTILINE
)
_OUTPUT = re.compile(
    r"^[ \t]*(?:DC Output|DC output|AC Output)[^\n]*\n(?:[^\n]*\n)??[ \t]*[\d.]+ +[\d.]+ +(?P<watts>[\d.]+)",
    re.MULTILINE,
)


def components_in(output: str) -> Iterator[Node]:
    """The parts in full: `FPC 0 status:` and what follows it."""
    for head, body in sections(output, _COMPONENT):
        state = _STATE.search(body)
        found: Node = {"name": head["name"].strip(), "state": state[1] if state else ""}
        degrees = [one for form in (_DEGREES, _NARROW, _VERDICT) for one in form.finditer(body)]
        found["temperature-reading"] = [
            {"temperature-name": one["name"].strip(), "temperature": one["value"]} for one in degrees
        ]
        found["power-information"] = [
            {
                "voltage": [
                    {"reference-voltage": one["name"].strip(), "actual-voltage": one["value"]}
                    for one in _VOLTS.finditer(body)
                ]
            }
        ]
        found["fan-speed-reading"] = [
            {"fan-name": one["name"].strip(), "fan-speed": one["value"]} for one in _FAN.finditer(body)
        ]
        if watts := _OUTPUT.search(body):
            found["dc-information"] = [{"dc-detail": [{"dc-power": watts["watts"]}]}]
        yield found


_SUPPLY = re.compile(
    r"^[ \t]*(?P<name>(?:PSM|PEM|PSU|Power Supply|PDU|PDM)[ \w]*\d+):[ \t]*$|^[ \t]*System:[ \t]*$",
    re.MULTILINE,
)


def supplies_in(output: str) -> tuple[list[Node], float | None]:
    """The power supplies, and how many watts the system has left."""
    found: list[Node] = []
    for head, body in sections(output, _SUPPLY):
        if head["name"] is None:
            continue
        lines = dict(re.findall(r"^[ \t]*([A-Z][\w ]+?): +([^\n]+)$", body, re.M))
        watts = re.match(r"(\d+(?:\.\d+)?) W", lines.get("DC output", "") or lines.get("Output", ""))
        capacity = re.match(r"(\d+) W", lines.get("Capacity", ""))
        feed = next((lines[name] for name in ("AC input", "DC input", "Input") if name in lines), "")
        found.append(
            {
                "name": head["name"],
                "state": lines.get("State", ""),
                "ac-input-detail": [{"ac-input": feed}],
                "dc-output-detail": [{"dc-power": watts[1] if watts else ""}],
                "pem-capacity-detail": [{"capacity-actual": capacity[1] if capacity else ""}],
            }
        )
    left = re.search(r"^\s*Total remaining power: +(\d+) W", output, re.M)
    return found, number(left[1]) if left else None
