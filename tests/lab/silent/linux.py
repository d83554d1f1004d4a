"""What Linux with FRR does not say."""

SILENT = {
    "LogEvent.power_thermal": "the kernel writes of no fan and no power supply; sensors tell",
    "BgpAfi.prefixes_received_count": "FRR keeps what a policy refused only with soft-reconfiguration",
}
