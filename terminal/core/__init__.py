"""The return itself, pure: states, events and the table that joins them."""
