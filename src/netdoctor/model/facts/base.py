"""What every fact is: a frozen, tagged struct with a key and an entity."""

from __future__ import annotations

from typing import Any, ClassVar

import msgspec

from netdoctor.model import entities


class Fact(msgspec.Struct, frozen=True, kw_only=True, tag=True, tag_field="type", omit_defaults=True):
    """One thing a device said, in common words.

    Field names follow OpenConfig where it has one, with the unit last. None means that the device
    did not say. `KEY` names the fields that tell one fact of a type from another on the same device;
    two facts with the same key are the same thing seen by two commands, and complete each other.
    """

    KEY: ClassVar[tuple[str, ...]] = ()
    UNION: ClassVar[tuple[str, ...]] = ()
    """The lists of which each command may know a part: they are put together, sorted."""
    HISTORY: ClassVar[bool] = False
    """True for what accumulates (log lines, changes): facts with equal keys do not replace each other."""

    @property
    def key(self) -> tuple[Any, ...]:
        return tuple(getattr(self, name) for name in self.KEY)

    def entity(self, device: str) -> str:
        """The entity this fact speaks about, when read on `device`."""
        return entities.device(device)

    def known(self) -> dict[str, Any]:
        """The fields that the device gave, by name. What is None is absent, never passed on as null."""
        return {name: value for name in self.__struct_fields__ if (value := getattr(self, name)) is not None}
