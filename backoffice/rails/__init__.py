"""The ways money goes back: one small promise, and one file for each rail that keeps it."""
