"""Sales of all shops: from the POS feed and from terminals, kept once, found by what is known."""
