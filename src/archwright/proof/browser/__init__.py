"""What people do in a real browser: the specs, what they found, and what is kept of it."""
