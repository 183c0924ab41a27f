"""The passes that plan, send and refresh scheduled notifications."""
