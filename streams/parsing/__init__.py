"""Text to words that know their class, their lemma, what they name and, when asked, how they hang together."""
