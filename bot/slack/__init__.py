"""Slack: what it sends and how answers are rendered, posted and changed."""
