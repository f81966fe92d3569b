"""Turns a request into claims, and claims into a Blueprint."""
