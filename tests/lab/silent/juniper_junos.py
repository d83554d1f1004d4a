"""What Junos does not say."""

SILENT = {
    "BgpSession.admin_up": "of an idle neighbour, Junos says only in the configuration that it is shut down",
    "CpuMemory.top_process": "the routing engine's load and its list of processes are two answers",
}
