"""What holds for all tests."""

from __future__ import annotations

from hypothesis import settings

# Machines are shared: how long an example takes is no test's business.
settings.register_profile("shared", deadline=None)
settings.load_profile("shared")
