"""Records once they are here: their chains proved, parked ones taken again, old ones erased.

Law of the package: a record's row is never changed and never deleted; what is personal lies beside
it (`record_parts`) and may go, as the chain covers a salted promise of it and not the text.
"""
