"""Reading: an article as it came, to a clean and dated document. Pure."""

from streams.reading.reader import read
from streams.reading.result import Reading

__all__ = ["Reading", "read"]
