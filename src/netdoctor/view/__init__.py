"""What a run looks like: one fold of its journal, and the words people read."""
