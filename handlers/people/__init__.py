"""Posts, holders, deputies, contact officers, quiet days, and leavers."""
