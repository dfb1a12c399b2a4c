"""From the bytes of a page to its document: characters, tree, lines, chrome, text, tables, links. Pure."""
