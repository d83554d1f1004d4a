"""JSON Schemas of check and cause files, for editors that complete and check YAML."""

from __future__ import annotations

from typing import Any

import msgspec

from netdoctor.model.facts import FACT_TYPES
from netdoctor.rules.files import Cause, Check

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def check_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a check file."""
    schema = _schema_of(Check)
    schema["$defs"]["Check"]["properties"]["on"]["enum"] = list(FACT_TYPES)
    return schema


def cause_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a cause file."""
    return _schema_of(Cause)


def _schema_of(shape: type[msgspec.Struct]) -> dict[str, Any]:
    schema = {"$schema": _DIALECT, **msgspec.json.schema(shape)}
    # The id is the file's path, and is never written in it.
    del schema["$defs"][shape.__name__]["properties"]["id"]
    return schema
