"""Goldens of Cisco NX-OS: Genie, ntc-templates, napalm."""
