"""Schemas to test with: one that has everything, and random small ones."""
