"""The words every other layer shares: entities, facts, findings and events. Needs only msgspec."""
