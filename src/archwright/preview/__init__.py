"""Runs an emitted app on this machine: for looking at it, and for proving it in a browser."""
