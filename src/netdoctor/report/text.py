"""The report as a page that a tired person reads in ten seconds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from rich.text import Text

from netdoctor.model.findings import BENIGN_REASONS, EvidenceRole, Reason, Severity
from netdoctor.report.model import Cause, Device, Evidence, Finding, NextStep, NotChecked, Report
from netdoctor.report.page import Page
from netdoctor.transport.session import ADVICE
from netdoctor.view import words

_SEVERITY_STYLES: dict[Severity, str] = {
    "critical": "bold red",
    "major": "red",
    "minor": "yellow",
    "info": "blue",
}
_VERDICT_STYLES = {"healthy": "green", "degraded": "yellow", "critical": "red", "undetermined": "magenta"}
_IN_FULL = 0.5
"""Causes less probable than this are only named, unless all is asked for."""
_EVIDENCE: tuple[tuple[EvidenceRole, str, int], ...] = (
    ("for", "for", 4),
    ("against", "against", 2),
    ("explained", "explains", 3),
    ("unchecked", "unseen", 2),
)
"""Roles with their labels, and how many items of each are shown unless all is asked for."""
_SLIGHT_DECIBANS = 2.0
"""What speaks against a cause by less than this (1:1.6) is left out unless all is asked for."""
_STEPS_SHOWN = 1
_INDENT, _HANG = 3, 9


def render(
    report: Report,
    *,
    width: int = 80,
    color: bool = False,
    verbose: bool = False,
    interrupted: bool = False,
    advice: Mapping[str, str] | None = None,
) -> str:
    """The page. `advice` says, by device, what to do about its failed session; `verbose` shows all."""
    page = Page(width, color=color)
    _verdict(page, report, interrupted)
    _causes(page, report, verbose)
    _not_checked(page, report.not_checked, advice or {})
    _findings(page, report, verbose)
    _changes(page, report)
    _devices(page, report)
    return page.text()


def _verdict(page: Page, report: Report, interrupted: bool) -> None:
    style = f"bold {_VERDICT_STYLES[report.verdict]}"
    targets = words.printable(", ".join(report.run.targets))
    headline = Text.assemble((words.VERDICTS[report.verdict], style), "  ", (targets, "bold"))
    found = words.count(report.coverage.findings, "finding") if report.findings else "no findings"
    checks = words.count(report.coverage.checks_run, "check")
    page.line(headline, right=Text(f"{found} in {checks}", "dim"))
    page.line(Text(words.printable(report.summary)))
    if interrupted or report.run.deadline_hit:
        why = "The run was stopped" if interrupted else "The deadline was hit"
        page.line(Text(f"{why}: this is what was known by then.", "yellow"))


def _causes(page: Page, report: Report, verbose: bool) -> None:
    for cause in report.causes:
        page.blank()
        full = verbose or cause.rank == 1 or cause.probability >= _IN_FULL
        _cause_head(page, cause)
        if full:
            _cause_body(page, cause, verbose)


def _cause_head(page: Page, cause: Cause) -> None:
    likely = f"{words.likelihood(cause.probability)}, {words.percent(cause.probability)}"
    title = Text(words.printable(cause.title), "bold")
    right = Text.assemble((likely, "bold"), "  ", (cause.severity, _SEVERITY_STYLES[cause.severity]))
    page.item(Text(f"{cause.rank}.", "bold"), title, hang=_INDENT, right=right)
    page.item("", words.entity(cause.entity), indent=_INDENT)


def _cause_body(page: Page, cause: Cause, verbose: bool) -> None:
    page.item("", cause.explanation, indent=_INDENT)
    for role, label, most in _EVIDENCE:
        items = [item for item in cause.evidence if item.role == role and (verbose or not _slight(item))]
        _evidence(page, label, items, len(items) if verbose else most)
    affected = [words.entity(entity) for entity in cause.impact if entity != cause.entity]
    _labelled(page, "affects", words.listing(affected, most=6))
    _next_steps(page, cause.next_steps if verbose else cause.next_steps[:_STEPS_SHOWN])
    _labelled(page, "fix", cause.remedy)


def _slight(item: Evidence) -> bool:
    return item.role == "against" and abs(item.weight_decibans) < _SLIGHT_DECIBANS


def _evidence(page: Page, label: str, items: list[Evidence], most: int) -> None:
    """One line an item, the weightiest first; beyond `most`, how many more there are.

    What is said of both ends of a link in the same words is said once.
    """
    said = {(item.finding, item.text): item for item in items}
    items = sorted(said.values(), key=lambda item: -abs(item.weight_decibans))
    shown = items[:most]
    for number, item in enumerate(shown):
        name = f"{item.finding} " if item.finding else ""
        weighed = item.role in {"for", "against"}
        weight = Text(words.odds(item.weight_decibans), "dim") if weighed else None
        page.item(label if number == 0 else "", name + item.text, indent=_INDENT, hang=_HANG, right=weight)
    if len(items) > len(shown):
        page.item("", f"and {len(items) - len(shown)} more", indent=_INDENT, hang=_HANG)


def _labelled(page: Page, label: str, text: str) -> None:
    if text:
        page.item(label, text, indent=_INDENT, hang=_HANG)


def _next_steps(page: Page, steps: Iterable[NextStep]) -> None:
    for step in steps:
        risk = " (intrusive: ask first)" if step.intrusive is True else ""
        _labelled(page, "next", f"on {step.device}{risk}: {step.why}".rstrip(": "))
        page.command(step.command, indent=_INDENT + _HANG)
        _labelled(page, "expect", step.expect)


def _not_checked(page: Page, rows: Iterable[NotChecked], advice: Mapping[str, str]) -> None:
    """One line a device and reason; what says nothing about the network's health comes last."""
    groups: dict[tuple[bool, str, Reason], list[NotChecked]] = defaultdict(list)
    for row in rows:
        groups[row.reason in BENIGN_REASONS, row.device, row.reason].append(row)
    if not groups:
        return
    page.heading("Not checked")
    hang = _name_width(device for _, device, _ in groups)
    for (benign, device, reason), members in sorted(groups.items()):
        page.item(words.printable(device), _gap(reason, members), indent=_INDENT, hang=hang)
        hint = "" if benign else _hint(reason, device, advice)
        if hint:
            page.item("", Text(f"→ {words.printable(hint)}", "dim"), indent=_INDENT, hang=hang)


def _gap(reason: Reason, rows: list[NotChecked]) -> str:
    """What one device could not be asked for one reason: `2 checks of optics: not permitted …`."""
    areas = words.listing(sorted({row.area for row in rows}))
    checks = sum(row.check is not None for row in rows)
    details = sorted({row.detail for row in rows if row.detail})
    detail = f" ({details[0]})" if len(details) == 1 else ""
    return (
        f"{words.count(checks, 'check') + ' of ' if checks else ''}{areas}: {words.REASONS[reason]}{detail}"
    )


def _name_width(names: Iterable[str]) -> int:
    """Columns for a list of device names; a few long names may stick out."""
    return max(_HANG, min(max((len(name) for name in names), default=0) + 2, 24))


def _hint(reason: Reason, device: str, advice: Mapping[str, str]) -> str:
    return advice.get(device) or ADVICE.get(reason, "").replace("NAME", device)


def _findings(page: Page, report: Report, verbose: bool) -> None:
    """Those that no cause explains in full; the others folded under their cause, unless all is asked for."""
    owners = _owners(report.causes)
    if report.findings:
        page.heading("Findings")
    for cause in report.causes:
        owned = [finding for finding in report.findings if owners.get(finding.id) == cause.rank]
        if owned:
            names = words.listing([finding.id for finding in owned], most=20)
            page.item("", f"Explained by cause {cause.rank}: {names}", indent=_INDENT)
            _finding_rows(page, owned if verbose else [], verbose)
    others = [finding for finding in report.findings if finding.id not in owners]
    if others and owners:
        page.item("", "Explained by none of them:", indent=_INDENT)
    _finding_rows(page, others, verbose)


def _owners(causes: Iterable[Cause]) -> dict[str, int]:
    """The rank of the first cause that each finding speaks for, or is an effect of."""
    owners: dict[str, int] = {}
    for cause in causes:
        for item in cause.evidence:
            if item.finding and item.role in {"for", "explained"}:
                owners.setdefault(item.finding, cause.rank)
    return owners


def _finding_rows(page: Page, findings: list[Finding], verbose: bool) -> None:
    for finding in findings:
        name = Text(f"{finding.id:<4}").append(f"{finding.severity:<9}", _SEVERITY_STYLES[finding.severity])
        title = Text(words.printable(finding.title)).append(f"  {finding.check}", "dim")
        page.item(name, title, indent=_INDENT, hang=13)
        if verbose:
            _finding_details(page, finding)


def _finding_details(page: Page, finding: Finding) -> None:
    for label, values in (("measured", finding.measured), ("expected", finding.expected)):
        shown = [f"{words.label(name)} {words.quantity(name, value)}" for name, value in values.items()]
        if shown:
            page.item(label, ", ".join(shown), indent=_INDENT + 4, hang=_HANG)
    for source in finding.source:
        page.item("source", f"{source.output or '-'} on {source.device}:", indent=_INDENT + 4, hang=_HANG)
        page.command(source.command, indent=_INDENT + 4 + _HANG)
        if source.excerpt:
            page.item("", Text(words.printable(source.excerpt), "dim"), indent=_INDENT + 4 + _HANG)


def _changes(page: Page, report: Report) -> None:
    if report.changes:
        page.heading("Recent changes")
    hang = _name_width(change.device for change in report.changes)
    for change in report.changes:
        when = words.moment(change.at) if change.at else None
        via = f"via {change.via}" if change.via else None
        what = " ".join(filter(None, [when, change.user, via, change.summary]))
        page.item(words.printable(change.device), what, indent=_INDENT, hang=hang)


def _devices(page: Page, report: Report) -> None:
    page.heading("Devices")
    hang = _name_width(device.name for device in report.devices)
    for device in report.devices:
        page.item(words.printable(device.name), _about(device), indent=_INDENT, hang=hang)
    run = report.run
    page.blank()
    page.line(Text(f"{run.id}  {words.duration(run.duration_s)}  netdoctor {run.version}", "dim"))


def _about(device: Device) -> str:
    system = " ".join(filter(None, [device.platform, device.os_version]))
    taken = [words.count(device.commands, "command")] if device.commands else []
    if device.session_s is not None:
        taken.append(f"in {words.duration(device.session_s)}")
    reached = "" if device.reachable else "not reached"
    return ", ".join(filter(None, [system, device.model, " ".join(taken), reached])) or "nothing known"
