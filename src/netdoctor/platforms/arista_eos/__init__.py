"""Arista EOS: `| json` for everything but logs and control-plane policing."""
