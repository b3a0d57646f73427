"""Daybook: raw news articles in, exact per-day counts of actors and locations out."""

from streams.compiled import use_compiled

use_compiled()
