"""What Junos does not say."""

SILENT = {
    "BgpSession.admin_up": "an idle neighbour says so in the configuration, one that is up nowhere",
    "CpuMemory.top_process": "the routing engine's load and its list of processes are two answers",
}
