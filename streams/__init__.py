"""Daybook: raw news articles in, exact per-day counts of actors and locations out."""
