"""MERGE: which mentions tell one event, and what the event is."""
