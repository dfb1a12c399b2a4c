"""One module per dialect: `build()` gives a portal that speaks it; FAMILY and STOPS are what a crawl must say of it."""
