"""The wire as the back office reads it (docs/WIRE.md): pure, no database, no clock.

Law of the package: what came is not believed. Everything is checked for shape and size here, and
whatever does not fit is an `Unreadable` with a reason that quotes none of it.
"""
