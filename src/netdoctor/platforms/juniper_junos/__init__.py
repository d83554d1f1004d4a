"""Juniper Junos: MX, EX, QFX, SRX, PTX."""
