"""Arista EOS: every answer as JSON, logs and the few texts that a person would look at."""
