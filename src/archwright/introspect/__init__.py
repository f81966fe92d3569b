"""A live PostgreSQL's catalogue as a schema value, with remarks on what that cannot hold."""
