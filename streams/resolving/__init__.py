"""Who and where: actors and places, resolved with the whole article as context."""
