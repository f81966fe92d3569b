"""PostgreSQL on this machine: found, started, supervised and handed out as scratch databases."""
