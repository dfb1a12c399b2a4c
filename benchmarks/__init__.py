"""How fast, and against whom: `make bench` runs all of it."""
