"""From a portal's home page to its annual reports: what a link is worth, how a list ends, where to go next. Pure."""
