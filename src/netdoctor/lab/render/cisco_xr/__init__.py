"""Cisco IOS-XR: text, under the time at which it was asked for."""
