"""Junos, as a QFX5120 answers."""
