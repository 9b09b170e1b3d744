"""Customer and office in a real browser."""
