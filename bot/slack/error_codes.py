"""What a call to Slack raises when it comes to nothing."""

from http.client import HTTPException

from slack_sdk.errors import SlackClientError

SLACK_ERRORS = (SlackClientError, OSError, HTTPException)
"""Slack refuses (SlackApiError, which is among the first), nobody answers, or the line breaks in the middle of it."""
