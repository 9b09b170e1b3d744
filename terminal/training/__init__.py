"""The training room: drills in a demo shop of its own, with nothing real in reach.

Law of the package: the room is given a folder and a printer without a drawer; it is never
given the unit's store, ledger or numbers. Imported when the room is entered, not before.
"""
