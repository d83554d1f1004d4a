"""What runs at both ends of one link, held together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from netdoctor.derive.base import Derived
from netdoctor.model.facts import Fact, Link
from netdoctor.model.observations import Observation


def authentication(word: str | None) -> str | None:
    """How hellos are signed, in one word for what platforms write as `MD5`, `hmac-md5`, `message-digest`."""
    if word is None:
        return None
    plain = "none" if word.lower() == "no" else word.lower()
    kinds = (
        ("md5", ("md5", "message-digest", "message digest", "cryptographic")),
        ("none", ("none", "null", "disabled")),
        ("text", ("text", "simple", "password", "plain", "clear")),
    )
    return next((kind for kind, words in kinds if any(one in plain for one in words)), plain)


class Ends(NamedTuple):
    """A link, and what runs at its two ends; None at an end where it does not run."""

    link: Observation
    a: Observation | None
    b: Observation | None

    @property
    def found(self) -> list[Observation]:
        return [end for end in (self.a, self.b) if end is not None]

    @property
    def link_up(self) -> bool | None:
        """True when both ends that are known are up."""
        fact: Link = self.link.fact
        states = [up for up in (fact.a_oper_up, fact.b_oper_up) if up is not None]
        return all(states) if states else None

    @property
    def named(self) -> dict[str, Any]:
        """The link's two places."""
        names = ("a_device", "a_interface", "b_device", "b_interface")
        return {name: getattr(self.link.fact, name) for name in names}

    def said(self, fields: Sequence[str]) -> dict[str, Any]:
        """These fields of both ends, as `a_…` and `b_…`, and whether it runs there at all."""
        sides = {"a": self.a, "b": self.b}
        told = {
            f"{side}_{name}": getattr(end.fact, name) for side, end in sides.items() if end for name in fields
        }
        for side in sides:
            if (key := f"{side}_auth_type") in told:
                told[key] = authentication(told[key])
        return {**told, "a_enabled": self.a is not None, "b_enabled": self.b is not None}

    def derived(self, fact: Fact) -> Derived:
        return Derived(self.link.device, fact, (self.link, *self.found))


def ends_of(
    link: Observation, running: Mapping[tuple[str, str], Observation], devices: set[str]
) -> Ends | None:
    """Both ends of a link between devices that were asked; None where it runs at neither.

    `running` is what runs, by device and port.
    """
    fact: Link = link.fact
    if fact.b_device is None or fact.b_interface is None or not {fact.a_device, fact.b_device} <= devices:
        return None
    ends = Ends(
        link,
        running.get((fact.a_device, fact.a_interface)),
        running.get((fact.b_device, fact.b_interface)),
    )
    return ends if ends.found else None
