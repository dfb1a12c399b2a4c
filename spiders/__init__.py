"""Where we go: the crawl. Imports crawler alone."""
