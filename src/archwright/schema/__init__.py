"""Turns a Blueprint into tables, indexes, triggers and policies."""
