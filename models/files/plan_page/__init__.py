"""The plan on a page: one model, printed as a Word file and as a web page."""
