"""A demonstration on one machine: a stand-in for Slack, the unmodified bot, and a page to play with."""
