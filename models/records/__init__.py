"""An action's history: entries, the chain that protects them, what they add up to, and redaction."""
