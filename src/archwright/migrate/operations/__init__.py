"""What a migration is made of: operations as data, one family a file."""
