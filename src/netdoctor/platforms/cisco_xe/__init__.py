"""Cisco IOS and IOS-XE: Catalyst switches, ISR, ASR 1000, CSR and Catalyst 8000 routers."""
