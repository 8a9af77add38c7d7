"""A SQLite database that can be read and not written to, and of which only the published tables can be read at all."""
