"""What a board decided: close, carry forward, not agreed, reopen."""
