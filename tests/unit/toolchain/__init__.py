"""Unit tests of the package with the same path in the source."""
