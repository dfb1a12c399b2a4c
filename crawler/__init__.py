"""What we know: the portals, the families of CMS, how a page is read, the report forms, the checks, the store."""
