"""The database: SQLite or PostgreSQL, one schema, one way to begin a transaction."""
