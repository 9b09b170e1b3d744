"""The quick bench: each check meets one driver's real kernel device, both ends in one machine."""
