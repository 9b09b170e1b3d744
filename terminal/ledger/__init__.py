"""Between the core and storage: sales, returns, records and the state, written and read back."""
