"""The ranking: noisy-OR over sets of up to three causes (QMR-DT; Shwe et al. 1991, Pearl 1988).

P(finding absent | causes S) = (1 - leak) · Π over S of (1 - w). What is unknown contributes nothing.
`healthy` is the empty set, `unknown` a weak explanation of everything. Nothing here depends on the order
in which facts came.
"""

from __future__ import annotations

import math
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from netdoctor.diagnosis.candidates import Candidate, FindingKey, Place
from netdoctor.model import entities
from netdoctor.model.entities import LinkEnd
from netdoctor.model.findings import Finding
from netdoctor.rules.files import LEAKS, Catalogue, Cause, Docs

HEALTHY_PRIOR = 0.15
"""That nothing is wrong, when an engineer looked because of a ticket (DIAGNOSIS: base rates)."""
UNKNOWN_PRIOR = 0.06
UNKNOWN_WEIGHT = 0.20
"""How well an unknown cause explains a symptom that many causes, or none we know, would show."""
SHARED_BY = 5
"""From so many causes on a finding is a mere symptom; one that fewer show says more of which it is."""
AGAIN_PRIOR = 0.25
"""That a cause at work at one place of a device is at work at another of its places too: one change, one
bad part or one habit often shows more than once."""
WIDENED_SINGLES, WIDENED_PAIRS = 10, 5
"""How many of the best sets are tried with every further candidate: linear in the candidates, and wide
enough that a second fault is found behind all the rivals of the first."""
CERTAIN = 0.99
"""No cause is called surer than this: the catalogue itself may be incomplete."""

UNKNOWN_ID = "unknown"
UNKNOWN = Cause(
    id=UNKNOWN_ID,
    title="Not among the known causes",
    at="device",
    prior=UNKNOWN_PRIOR,
    shows=(),
    severity="major",
    explain="the findings do not fit any cause that netdoctor knows",
    remedy="Work through the findings; consider a vendor case with the stored run attached.",
    docs=Docs(what="No known cause explains the findings.", why="The catalogue is never complete."),
)


Causes = tuple[Candidate, ...]
"""What may be at work together."""


@dataclass(frozen=True)
class Ranked:
    """A candidate with its marginal probability; both ends of a session and directions of a link as one."""

    candidate: Candidate
    probability: float


@dataclass(frozen=True)
class Ranking:
    """The ranked causes, the probability that nothing is wrong, and the sets they came from."""

    ranked: tuple[Ranked, ...]
    healthy: float
    sets: tuple[tuple[Causes, float], ...]
    """Each set of causes with its probability, for what further questions would gain."""


def rank(
    candidates: Iterable[Candidate], findings: list[Finding], catalogue: Catalogue, targets: tuple[str, ...]
) -> Ranking:
    """Ranks the candidates by how well they, alone or together, explain the findings."""
    leaks = {(f.check, f.entity): LEAKS[catalogue.checks[f.check].leak] for f in findings}
    pool = [*candidates, *_unknown(findings, catalogue, targets)]
    scorer = _Scorer(leaks)
    singles = scorer.sorted((one,) for one in pool)
    pairs = scorer.sorted(_widened(singles[:WIDENED_SINGLES], pool))
    triples = scorer.sorted(_widened(pairs[:WIDENED_PAIRS], pool))
    posterior = _normalised([(chosen, scorer.score(chosen)) for chosen in [(), *singles, *pairs, *triples]])
    healthy = next(probability for chosen, probability in posterior if not chosen)
    return Ranking(tuple(_marginals(posterior, targets)), healthy, tuple(posterior))


class _Scorer:
    def __init__(self, leaks: dict[FindingKey, float]) -> None:
        self._leaks = leaks
        self._unexplained = sum(math.log(leak) for leak in leaks.values())

    def sorted(self, sets: Iterable[Causes]) -> list[Causes]:
        """The sets, the best first."""
        return sorted(sets, key=lambda chosen: (-round(self.score(chosen), 9), _order(chosen)))

    def score(self, chosen: Causes) -> float:
        """The log of P(causes) · P(findings | causes), up to a constant."""
        if not chosen:
            return math.log(HEALTHY_PRIOR) + self._unexplained
        missing: dict[FindingKey, float] = defaultdict(lambda: 1.0)
        for candidate in chosen:
            for key, weight in candidate.weights.items():
                missing[key] *= 1.0 - weight
        gained = sum(
            math.log(present(self._leaks[key], absent)) - math.log(self._leaks[key])
            for key, absent in missing.items()
        )
        return _joint_prior(chosen) + sum(one.fits for one in chosen) + self._unexplained + gained


def _order(chosen: Causes) -> list[tuple[str, tuple[str, LinkEnd | tuple[()]]]]:
    return sorted((one.cause.id, one.place.order()) for one in chosen)


def _joint_prior(chosen: Causes) -> float:
    """The log-odds of the causes together; the same cause again on the same device is no second accident."""
    seen: set[tuple[str, str]] = set()
    odds = 0.0
    for one in chosen:
        place = one.cause.id, entities.split(one.place.entity).device
        prior = AGAIN_PRIOR if place in seen else one.prior
        odds += math.log(prior / (1.0 - prior))
        seen.add(place)
    return odds


def present(leak: float, absent: float) -> float:
    """P(finding | causes), where `absent` is the product of their 1 - w."""
    return 1.0 - (1.0 - leak) * absent


def _unknown(findings: list[Finding], catalogue: Catalogue, targets: tuple[str, ...]) -> list[Candidate]:
    """The unknown cause, where there is something serious for it to explain."""
    causes = Counter(check for one in catalogue.causes.values() for check in {s.check for s in one.shows})
    serious = [finding for finding in findings if finding.severity != "info"]
    if not serious:
        return []
    unknown = Candidate(
        cause=UNKNOWN,
        place=Place("device", entities.device(targets[0] if targets else "?")),
        group=UNKNOWN_ID,
        weights={(f.check, f.entity): _unknown_weight(causes[f.check]) for f in serious},
        prior=UNKNOWN_PRIOR,
    )
    return [unknown]


def _unknown_weight(causes_count: int) -> float:
    return UNKNOWN_WEIGHT * min(causes_count or SHARED_BY, SHARED_BY) / SHARED_BY


def _widened(sets: list[Causes], pool: list[Candidate]) -> list[Causes]:
    """Each set with each further candidate, where no cause stands twice on the same session or link."""
    wider: dict[frozenset[int], Causes] = {}
    for chosen in sets:
        taken = {(one.cause.id, one.group) for one in chosen}
        for one in pool:
            if (one.cause.id, one.group) not in taken:
                wider.setdefault(frozenset(map(id, (*chosen, one))), (*chosen, one))
    return list(wider.values())


def _normalised(
    scored: list[tuple[Causes, float]],
) -> list[tuple[Causes, float]]:
    top = max(score for _, score in scored)
    masses = [(chosen, math.exp(score - top)) for chosen, score in scored]
    total = math.fsum(mass for _, mass in masses)
    return [(chosen, mass / total) for chosen, mass in masses]


def _marginals(posterior: list[tuple[Causes, float]], targets: tuple[str, ...]) -> list[Ranked]:
    """Each cause's probability on each link or session, worded at the likelier end, else the target's."""
    group_mass: dict[tuple[str, str], list[float]] = defaultdict(list)
    alone: dict[tuple[str, Place], float] = {}
    members: dict[tuple[str, str], dict[Place, Candidate]] = defaultdict(dict)
    for chosen, probability in posterior:
        for candidate in chosen:
            group_mass[candidate.cause.id, candidate.group].append(probability)
            alone.setdefault((candidate.cause.id, candidate.place), probability)  # singles come first
            members[candidate.cause.id, candidate.group][candidate.place] = candidate
    ranked = [
        Ranked(
            candidate=min(
                members[group].values(),
                key=lambda one: (
                    -round(math.log(alone[one.cause.id, one.place] or sys.float_info.min), 6),
                    entities.split(one.place.entity).device not in targets,
                    one.place.order(),
                ),
            ),
            probability=min(math.fsum(masses), CERTAIN),
        )
        for group, masses in group_mass.items()
    ]
    return sorted(ranked, key=lambda one: (-round(one.probability, 6), one.candidate.key))
