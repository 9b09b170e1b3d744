"""What may be asked of `returns-terminal`, and its help."""
