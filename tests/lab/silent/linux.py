"""What Linux with FRR does not say."""

SILENT = {
    "BgpAfi.prefixes_received_count": "FRR keeps what a policy refused only with soft-reconfiguration",
}
