"""Cisco IOS-XR, classic (32-bit) and XR7: ASR 9000, NCS 5500, CRS, 8000. It answers in text only."""
