"""Goldens of logs."""

from __future__ import annotations

from collections.abc import Iterator

from netdoctor.model.facts import LogEvent
from netdoctor.platforms.syslog import SEVERITIES
from tests.corpus.corpus import Record
from tests.corpus.goldens import Expected, Golden
from tests.corpus.goldens.cisco_xe.words import NO_FACT

_LEVELS = {"ERR": "error", "info": "info", "note": "notice", "debug": "debug"}


def _rows(record: Record) -> Iterator[Expected]:
    """The message with its facility and mnemonic, as it stands in the log. Times bear no year."""
    for row in record.golden["parsed_sample"]:
        head = f"%{row['facility']}-{row['severity']}-{row['mnemonic']}: "
        fields = {
            "facility": row["facility"],
            "mnemonic": row["mnemonic"],
            "severity": SEVERITIES[int(row["severity"])],
        }
        yield Expected(LogEvent, {"text": head + " ".join(row["message"])}, fields)


def _lines(record: Record) -> Iterator[Expected]:
    """Whole lines: the text ends them."""
    for line in record.golden["logs"]:
        text = line.partition(" EST: ")[2] or line
        yield Expected(LogEvent, {"text": text.strip()}, {"kind": "other"})


def _traces(record: Record) -> Iterator[Expected]:
    for dates in record.golden["decoder"]["input"]["date"].values():
        for row in dates["time"].values():
            key = {"text": row["message"], "facility": row["process"]}
            yield Expected(LogEvent, key, {"severity": _LEVELS[row["message_type"]]})


GOLDENS: dict[str, Golden] = {
    "show_logging": Golden(
        also=_rows,
        also_reads=tuple(f"parsed_sample.*.{key}" for key in ("facility", "severity", "mnemonic", "message")),
        reasons={
            f"parsed_sample.*.{key}": "part of a time without a year, which is reckoned from the answer's"
            for key in ("month", "day", "time", "timezone")
        }
        | {"parsed_sample.*.number": NO_FACT},
    ),
    "ShowLogging": Golden(
        also=_lines,
        also_reads=("logs",),
        reasons=dict.fromkeys(("syslog_logging", "logging", "log_buffer_bytes"), "how logging is set up"),
    ),
    "ShowLoggingProcessSmdReverse": Golden(
        also=_traces,
        also_reads=("decoder.input.date.*.time",),
        reasons=dict.fromkeys(
            [
                "requested_date",
                "requested_time",
                "hostname",
                "model",
                "version",
                "serial_number",
                "md_sn",
                "logs_date",
                "chassis",
                "utm_level",
                "utm",
                "last_utm_timestamp",
                "first_utm_timestamp",
                "decoder",
            ],
            "about the decoder of the traces",
        ),
    ),
}
