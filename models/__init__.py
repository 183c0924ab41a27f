"""The data: rules, records, notifications, files, and how they are stored."""
