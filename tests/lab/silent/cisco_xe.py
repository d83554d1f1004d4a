"""What IOS-XE does not say."""

SILENT = {
    "Interface.carrier_transitions_count": "Catalyst switches count no changes of a link",
    "Interface.last_change_s": "IOS-XE does not tell since when a link is up or down",
    "CpuMemory.top_process": "the load of a whole route processor is told without its processes",
    "LogEvent.bfd_up": "the message names a session by its discriminator alone",
    "BgpAfi.prefixes_received_count": "IOS counts what its policy let in",
}
