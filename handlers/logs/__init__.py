"""Any action log: rows as they stand in a file, read into actions with the doubts about them."""
