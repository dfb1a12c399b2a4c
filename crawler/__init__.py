"""What we know: the portals, the families of CMS, how a page is read, the report forms, the checks, the store."""

VERSION = "0.1.0"
"""Of the program; a record says which one read it."""
