"""What IOS-XR does not say."""

SILENT: dict[str, str] = {}
