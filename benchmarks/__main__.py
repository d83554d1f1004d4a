"""Prints the benchmarks; exits with 1 when a bar is missed."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks import parsing
from netdoctor import derive
from netdoctor.diagnosis.candidates import candidates
from netdoctor.diagnosis.rank import rank
from netdoctor.diagnosis.table import Table
from netdoctor.diagnosis.topology import Topology
from netdoctor.engine.assess import assess
from netdoctor.engine.knowledge import Knowledge
from netdoctor.engine.store import read_entries
from netdoctor.model.codec import decode_entry
from netdoctor.model.facts import FACT_TYPES
from netdoctor.report import json, text
from netdoctor.report.build import build
from netdoctor.rules import Catalogue, compile_check, load_catalogue
from netdoctor.view.state import RunState

NETDOCTOR = str(Path(sys.executable).parent / "netdoctor")
JOURNALS = sorted((Path(__file__).parent.parent / "tests/journals").glob("*.jsonl"))
HELP_BAR_MS = 250.0


def best_ms(work: Callable[[], object], rounds: int = 11) -> float:
    """The best of some rounds after one to warm up: what else the machine does only ever adds."""
    work()
    taken: list[float] = []
    for _ in range(rounds):
        began_s = time.perf_counter()
        work()
        taken.append((time.perf_counter() - began_s) * 1000)
    return min(taken)


def process(*argv: str) -> Callable[[], object]:
    return lambda: subprocess.run(argv, stdout=subprocess.DEVNULL, check=True)


def row(what: str, taken_ms: float, against: str = "", base_ms: float = 0.0) -> None:
    ratio = f"{taken_ms / base_ms:6.1f} × {against} ({base_ms:.1f} ms)" if base_ms else ""
    print(f"{what:<44}{taken_ms:9.1f} ms  {ratio}".rstrip())


def start_up() -> bool:
    """`netdoctor --help` in a new process."""
    bare_ms = best_ms(process(sys.executable, "-c", "pass"))
    click_ms = best_ms(process(sys.executable, "-c", "import click"))
    help_ms = best_ms(process(NETDOCTOR, "--help"))
    row("netdoctor --help", help_ms, "python -c pass", bare_ms)
    row("", help_ms, "python -c 'import click'", click_ms)
    return help_ms < HELP_BAR_MS


def ranking(knowledge: Knowledge, catalogue: Catalogue) -> Callable[[], object]:
    """The ranking alone, over what a run found."""
    observations, _ = derive.extend(knowledge.observations, knowledge.situation())
    judged = [
        compile_check(check).judge(observation)
        for check in catalogue.checks.values()
        for observation in observations.of(FACT_TYPES[check.on])
    ]
    table, topology = Table([verdict for verdict in judged if verdict]), Topology(observations)
    findings = table.findings()
    return lambda: rank(candidates(catalogue, table, topology), findings, catalogue, knowledge.targets)


def recorded(path: Path) -> None:
    """One recorded run: decoded, folded, diagnosed, reported."""
    lines = path.read_bytes().splitlines()
    entries = list(read_entries(path))
    catalogue = load_catalogue()

    def fold() -> RunState:
        state = RunState()
        for entry in entries:
            state.apply(entry)
        return state

    def know() -> Knowledge:
        knowledge = Knowledge()
        for entry in entries:
            knowledge.apply(entry)
        return knowledge

    state, knowledge = fold(), know()
    report = build(state)
    decode_ms = best_ms(lambda: [decode_entry(line) for line in lines])
    print(f"\n{path.stem}: {len(entries)} events, {sum(map(len, lines)) / 1e6:.1f} MB")
    row("read the journal", decode_ms)
    row("fold it into the state", best_ms(fold), "reading it", decode_ms)
    row("rank the causes", best_ms(ranking(knowledge, catalogue)), "reading it", decode_ms)
    row(
        "derive, judge, rank, explain",
        best_ms(lambda: assess(knowledge, catalogue)),
        "reading it",
        decode_ms,
    )
    row("build the report", best_ms(lambda: build(state)), "reading it", decode_ms)
    row("render it as text", best_ms(lambda: text.render(report)), "reading it", decode_ms)
    row("render it as JSON", best_ms(lambda: json.render(report)), "reading it", decode_ms)


if __name__ == "__main__":
    quick = start_up()
    for journal in JOURNALS:
        recorded(journal)
    cheap = parsing.run()
    if not quick:
        sys.exit(f"netdoctor --help takes more than {HELP_BAR_MS:.0f} ms")
    if not cheap:
        sys.exit(
            f"a platform takes more than {parsing.BAR_MS:.0f} ms, or more than its share with more ports"
        )
