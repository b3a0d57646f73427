"""What must be true of the service's topics and tables when it is at rest, checked over records already read."""
