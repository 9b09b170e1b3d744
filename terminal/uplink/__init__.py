"""The terminal's end of the wire (docs/WIRE.md): what it tells the courier, and hears from it."""
