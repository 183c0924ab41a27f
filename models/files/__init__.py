"""The plan as files: reading and writing them, importing, merging, exporting."""
