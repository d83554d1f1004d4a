"""What SONiC does not say."""

SILENT = {
    "BgpAfi.prefixes_received_count": "FRR keeps what a policy refused only with soft-reconfiguration",
    "Interface.in_fcs_errors_count": "portstat counts broken packets among all other errors (RX_ERR)",
    "Interface.speed_bps": "of the ASIC's ports it is told; of eth0 only ethtool knows",
}
