"""How fast, and against whom: `python -m benchmarks.pages`."""
