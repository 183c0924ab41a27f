"""Questions of the plan: what they ask, as subject, filter and measure."""
