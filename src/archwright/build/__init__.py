"""Runs the phases: prepare aside, prove, put in place, or roll back."""
