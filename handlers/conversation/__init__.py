"""Direct messages, mentions, absences, second thoughts, and what is asked back."""
