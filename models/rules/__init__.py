"""Pure rules of dates, refs and what is owed. Nothing here reads the database or the clock."""
