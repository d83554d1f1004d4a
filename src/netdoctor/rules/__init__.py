"""Check and cause files: read strictly, validated, judged, explained."""

from netdoctor.rules.cases import CaseFailure, run_cases
from netdoctor.rules.catalogue import load_catalogue
from netdoctor.rules.errors import CheckFault, RuleError, RuleErrors
from netdoctor.rules.files import Catalogue, Cause, Check
from netdoctor.rules.judge import CompiledCheck, Verdict, compile_check, matches
from netdoctor.rules.message import format_message

__all__ = [
    "CaseFailure",
    "Catalogue",
    "Cause",
    "Check",
    "CheckFault",
    "CompiledCheck",
    "RuleError",
    "RuleErrors",
    "Verdict",
    "compile_check",
    "format_message",
    "load_catalogue",
    "matches",
    "run_cases",
]
