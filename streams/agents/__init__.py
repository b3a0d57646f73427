"""The agents: they decode, call the pure stage, and hand what it decided to the outbox. No logic of news is here."""
