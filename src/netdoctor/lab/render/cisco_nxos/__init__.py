"""Cisco NX-OS: what a Nexus 9000 answers."""
