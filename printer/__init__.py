"""Slips: from values to the bytes an ESC/POS printer understands, and safely onto paper."""
