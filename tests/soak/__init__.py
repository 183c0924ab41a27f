"""Years of a plan's life: passes, answers, outcomes and moves, and what they come to."""
