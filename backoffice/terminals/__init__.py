"""Terminals: how one is let in, proves who it is, and is shut out again."""
