"""Sales from other systems: files in, core `Sale` values out, one at a time."""
