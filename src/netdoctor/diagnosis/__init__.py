"""From verdicts to ranked causes: noisy-OR over the discovered topology."""
