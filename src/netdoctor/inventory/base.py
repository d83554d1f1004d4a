"""What the inventory's sources share."""

from __future__ import annotations

import re

_NAME = re.compile(r"(?!.*--)[A-Za-z0-9][A-Za-z0-9._-]*")


class InventoryError(ValueError):
    """An inventory, or a TARGET, that cannot be used; its text says where and why."""


def name_problem(name: str) -> str | None:
    """Why a text cannot be a device's name, or None. Names stand in entities: `link:A/IF--B/IF`."""
    if _NAME.fullmatch(name):
        return None
    return "a device name is made of letters, digits, dots, underscores and hyphens"
