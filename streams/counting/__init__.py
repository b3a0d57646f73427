"""COUNT: what each event adds to which day, and the sums."""
