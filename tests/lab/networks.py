"""Networks of one platform."""

from __future__ import annotations

from netdoctor.lab.plan import Plan, Shape


def network(platform: str, shape: Shape = "clos") -> Plan:
    """A network of one platform, large enough for every fault."""
    counts: dict[Shape, dict[str, int]] = {
        "clos": {"spine": 2, "leaf": 4},
        "ring": {"router": 3},
        "campus": {"core": 2, "distribution": 2, "access": 1},
    }
    return Plan(shape, {tier: (platform,) * count for tier, count in counts[shape].items()})
