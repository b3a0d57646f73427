"""REVISE: what each article says now, and under which merge keys it ever said anything."""
