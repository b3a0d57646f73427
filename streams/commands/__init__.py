"""The commands of `daybook`, one a file; `streams/cli.py` finds them here."""
