"""The forms in which records leave the program, always from the store or from a report, never from the crawl."""
