"""Importing a plan over one that is there already: compared value by value, applied all or nothing."""
