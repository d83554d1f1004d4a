"""Devices of Cisco that run IOS-XE."""
