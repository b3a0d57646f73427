"""Reading: an article as it came, to a clean and dated document. Pure."""

from streams.reading.reader import read
from streams.reading.remembered import Reader
from streams.reading.result import Reading

__all__ = ["Reader", "Reading", "read"]
