"""Why an event is what it is: which mentions were joined into it, on which evidence, and what was kept apart."""
