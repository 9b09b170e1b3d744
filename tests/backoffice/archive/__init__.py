"""Records once they are here."""
