"""One SQLite file that holds sales, returns, staff, the journal and the state of the flow."""
