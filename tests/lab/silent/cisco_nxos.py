"""What NX-OS does not say."""

SILENT: dict[str, str] = {}
