"""The edge of the program: the command line, the Slack app, and the local workspace for demonstrations."""
