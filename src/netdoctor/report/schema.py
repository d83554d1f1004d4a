"""The published JSON Schemas (draft 2020-12) of the report and of the event stream."""

from __future__ import annotations

from typing import Any

import msgspec

from netdoctor.model import events
from netdoctor.report import model

_DRAFT = "https://json-schema.org/draft/2020-12/schema"


def report_schema() -> dict[str, Any]:
    """The schema of `netdoctor.report/1`: every key required, no other allowed."""
    return _headed(model.SCHEMA, msgspec.json.schema(model.Report))


def event_schema() -> dict[str, Any]:
    """The schema of one line of the event stream, `netdoctor.event/1`."""
    return _headed(events.SCHEMA, msgspec.json.schema(events.Entry))


def _headed(name: str, body: dict[str, Any]) -> dict[str, Any]:
    return {"$schema": _DRAFT, "$id": name, "title": name, **body}
