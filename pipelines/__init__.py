"""What we do to a page, one stage a file. Imports crawler alone; no stage imports another."""
