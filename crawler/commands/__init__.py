"""Subcommands of `scrapy`, all of this project's own; their standard output is for programs, their log for people."""
