"""Coding: a document read becomes a document with its mentions of events."""

from streams.coding.coder import Coder

__all__ = ["Coder"]
