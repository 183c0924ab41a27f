"""The board's paper: what it says, when its figures are frozen, and what has changed since."""
