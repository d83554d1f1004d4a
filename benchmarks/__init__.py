"""How long things take, each against something to compare with: `python -m benchmarks`."""
