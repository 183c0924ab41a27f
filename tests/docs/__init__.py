"""The documents are always true: what is generated is up to date, sessions run, and links lead somewhere."""
