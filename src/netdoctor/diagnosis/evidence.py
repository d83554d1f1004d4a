"""Why a cause stands where it does: each piece of evidence, weighed against the runner-up."""

from __future__ import annotations

import math
from collections.abc import Mapping

from netdoctor.diagnosis.candidates import Candidate, FindingKey
from netdoctor.diagnosis.rank import present
from netdoctor.model.findings import Evidence, EvidenceRole, Finding, Value
from netdoctor.rules.files import LEAKS, Catalogue

EXPLAINED_BELOW_DECIBANS = 0.5
"""Evidence that tells a cause from its runner-up by less than this only shows that both explain it."""
_DECIBANS = 10.0 / math.log(10.0)


class Weigher:
    """Weighs the evidence of one run."""

    def __init__(self, catalogue: Catalogue, findings: list[Finding]) -> None:
        self._catalogue = catalogue
        self._findings = {(finding.check, finding.entity): finding for finding in findings}

    def evidence(self, own: Candidate, rival: Candidate | None) -> tuple[Evidence, ...]:
        """For, against, explained and unchecked, the weightiest first."""
        pieces = [
            *(self._present(key, own, rival) for key in sorted({*own.weights, *own.against})),
            *(
                self._absent(key, own, rival)
                for key in sorted({*own.absent, *(rival.absent if rival else ())})
            ),
            *(self._unchecked(key) for key in sorted(own.unchecked)),
        ]
        told = [piece for piece in pieces if piece.role != "explained" or piece.present]
        return tuple(sorted(told, key=lambda e: (_ORDER[e.role], -abs(e.weight_decibans), e.check, e.entity)))

    def values(self, own: Candidate, evidence: tuple[Evidence, ...]) -> Mapping[str, Value]:
        """The numbers of a cause's findings by name; the weightiest finding speaks first."""
        merged: dict[str, Value] = {}
        for piece in evidence:
            if piece.present and (piece.check, piece.entity) in own.weights:
                finding = self._findings[piece.check, piece.entity]
                merged = {**finding.expected, **finding.measured, **merged}
        return merged

    def _present(self, key: FindingKey, own: Candidate, rival: Candidate | None) -> Evidence:
        leak = LEAKS[self._catalogue.checks[key[0]].leak]
        mine = math.log(present(leak, 1.0 - own.weights.get(key, 0.0))) + own.against.get(key, 0.0)
        theirs = math.log(leak)
        if rival is not None:
            theirs = math.log(present(leak, 1.0 - rival.weights.get(key, 0.0))) + rival.against.get(key, 0.0)
        weight = _decibans(mine - theirs)
        role: EvidenceRole = "explained"
        if abs(weight) >= EXPLAINED_BELOW_DECIBANS:
            role = "for" if weight > 0 else "against"
        return _piece(key, role, weight, self._findings[key].title, present=True)

    def _absent(self, key: FindingKey, own: Candidate, rival: Candidate | None) -> Evidence:
        weight = _decibans(own.absent.get(key, 0.0) - (rival.absent.get(key, 0.0) if rival else 0.0))
        role: EvidenceRole = "explained"
        if abs(weight) >= EXPLAINED_BELOW_DECIBANS:
            role = "for" if weight > 0 else "against"
        return _piece(key, role, weight, f"not so: {self._catalogue.checks[key[0]].title}", present=False)

    def _unchecked(self, key: FindingKey) -> Evidence:
        title = self._catalogue.checks[key[0]].title
        return _piece(key, "unchecked", 0.0, f"not checked: {title}", present=False)


_ORDER: dict[EvidenceRole, int] = {"for": 0, "explained": 1, "against": 2, "unchecked": 3}


def _piece(key: FindingKey, role: EvidenceRole, weight: float, text: str, *, present: bool) -> Evidence:
    check, entity = key
    return Evidence(role=role, check=check, entity=entity, present=present, weight_decibans=weight, text=text)


def _decibans(log_ratio: float) -> float:
    return round(log_ratio * _DECIBANS, 1) + 0.0  # + 0.0: no negative zero in a report
