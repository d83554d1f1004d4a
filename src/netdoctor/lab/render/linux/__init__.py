"""Linux with FRR: iproute2, ethtool, lldpd and vtysh."""
