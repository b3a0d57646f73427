"""A user's own lexicon files, laid over ours: rows that add, replace and take away."""
