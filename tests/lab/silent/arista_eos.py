"""What EOS does not say."""

SILENT = {
    "BgpAfi.prefixes_received_count": "the summary counts what was accepted",
}
