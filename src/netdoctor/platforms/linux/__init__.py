"""Linux with FRRouting."""
