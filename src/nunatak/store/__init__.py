"""Rows: SQLite and PostgreSQL through the same code; one request is one transaction."""
