"""SONiC: a Linux shell with `show` (sonic-utilities) and FRRouting behind vtysh."""
