"""Builders of what gates are given, shared by unit and live tests."""
