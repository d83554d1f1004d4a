"""The JSON Schemas that editors use agree with the reader."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from netdoctor import strictyaml
from netdoctor.rules.schema import cause_schema, check_schema

Make = Callable[..., Path]


def content(folder: Path, path: str) -> Any:
    return strictyaml.read(folder / path).value


def test_right_files_fit(write_check: Make, write_cause: Make) -> None:
    jsonschema.validate(content(write_check(), "optics/rx_low.yaml"), check_schema())
    jsonschema.validate(content(write_cause(), "causes/optics/dirty.yaml"), cause_schema())


@pytest.mark.parametrize(
    "changes",
    [
        {"id": "optics.rx_low"},
        {"on": "OpticLine"},
        {"leak": "rarely"},
        {"title": None},
        {"docs": "{what: a}"},
    ],
)
def test_wrong_files_do_not(write_check: Make, changes: dict[str, str | None]) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(content(write_check(**changes), "optics/rx_low.yaml"), check_schema())
