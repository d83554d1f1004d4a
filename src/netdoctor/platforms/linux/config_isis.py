"""What the `interface` blocks of FRR's configuration say of IS-IS; isisd's answers tell no passwords."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, Literal

from netdoctor.model.facts import IsisInterface
from netdoctor.platforms.linux.reading import Read

Words = list[str]

_LEVELS: Final[dict[str, Literal["1", "2", "1-2"]]] = {
    "level-1": "1",
    "level-1-2": "1-2",
    "level-2-only": "2",
}
_KEYS: Final = {"md5": "md5", "clear": "text"}


class IsisBlocks:
    """The interfaces of a configuration that IS-IS runs on, filled line by line."""

    def __init__(self) -> None:
        self._interfaces: dict[tuple[str, str], dict[str, Any]] = {}
        self._running: set[tuple[str, str]] = set()

    def interface(self, name: str, vrf: str) -> Callable[[Words], None]:
        """The reader of an `interface` block."""
        place = (vrf, name)

        def take(words: Words) -> None:
            match words:
                case ["ip" | "ipv6", "router", "isis", *_]:
                    self._running.add(place)
                case ["isis", *setting]:
                    self._interfaces.setdefault(place, {}).update(_setting(setting))

        return take

    def facts(self) -> Read:
        for vrf, name in sorted(self._running):
            told = {"auth_type": "none", "passive": False, **self._interfaces.get((vrf, name), {})}
            yield IsisInterface(vrf=vrf, interface=name, **told)


def _setting(words: Words) -> dict[str, Any]:
    """The fields of IsisInterface that one `isis …` line sets."""
    match words:
        case ["password", kind, *_]:
            return {"auth_type": _KEYS.get(kind, kind)}
        case ["circuit-type", word, *_]:
            return {"level": _LEVELS.get(word)}
        case ["network", "point-to-point", *_]:
            return {"network_type": "point_to_point"}
        case ["passive", *_]:
            return {"passive": True}
    return {}
