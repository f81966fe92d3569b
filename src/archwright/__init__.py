"""Archwright, a platform compiler: a request in, a proven full-stack application out."""

__version__ = "0.1.0"
