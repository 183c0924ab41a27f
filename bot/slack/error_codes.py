"""The exceptions of a call to Slack that fails."""

from http.client import HTTPException

from slack_sdk.errors import SlackClientError

SLACK_ERRORS = (SlackClientError, OSError, HTTPException)
"""Slack refuses (SlackApiError, a SlackClientError), nobody answers, or the line breaks in the middle of it."""
