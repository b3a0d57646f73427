"""A replay: a new generation is built from the first article beside the service that runs, and takes its place."""
