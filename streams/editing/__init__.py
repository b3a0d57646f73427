"""Editors' decisions: made about the events that are there now, taken back, and listed."""
