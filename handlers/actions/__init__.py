"""Actions: the card, adding, editing, assigning, re-planning, searching, history, export."""
