"""Goldens of Genie and ntc-templates for Cisco IOS-XR."""
