"""What is too old: stream time, the ages of entries, and their removal in steps that any crash may come between."""
