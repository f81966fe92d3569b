"""Implementations of the ports: processes, disk, database, git."""
