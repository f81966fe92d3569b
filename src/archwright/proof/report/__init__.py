"""The evidence report: one HTML file that shows what was built and how it was proven."""
