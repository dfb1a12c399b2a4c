"""The archive read again: by one process, many, or machines, and held against the store."""
