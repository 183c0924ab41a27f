"""Import a plan over one that is stored already: compared value by value, applied all or nothing."""
