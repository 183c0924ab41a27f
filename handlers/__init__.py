"""What the bot does with what people say and press: requests in, responses out. Knows nothing of Slack."""
