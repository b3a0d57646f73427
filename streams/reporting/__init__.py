"""Reading the service's topics back: counts, dead letters, and how far the worker is."""
