"""Turns a Blueprint into drafts, the files to be written."""
