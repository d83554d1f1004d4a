"""The simulated fabric: a world model, faults that change it, and its devices behind real SSH servers."""
