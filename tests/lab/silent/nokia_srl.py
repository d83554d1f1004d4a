"""What SR Linux does not say."""

SILENT = {
    "BgpSession.gtsm_enabled": "its state tree tells of no TTL security",
    "CpuMemory.top_process": "it shows whole percents, by which several programs may be equal",
}
