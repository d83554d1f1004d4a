"""Cisco NX-OS: Nexus 3000, 5000, 7000 and 9000."""
