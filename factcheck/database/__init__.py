"""The floor under the rooms: what we ask of a database, the same on SQLite and PostgreSQL. Imports nothing of ours."""
