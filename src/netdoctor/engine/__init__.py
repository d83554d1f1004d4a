"""Runs: what to ask, asking it, keeping every word, and concluding from what came back."""
