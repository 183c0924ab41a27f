"""Status, mine, due, overdue, owing, changes, the digest, Home and pictures."""
