"""SONiC: the commands of sonic-utilities over the ASIC, FRR behind vtysh, and the tools of Linux."""
