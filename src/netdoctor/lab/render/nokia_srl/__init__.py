"""What Nokia SR Linux answers."""
