"""What people decide and change, in any words: outcomes of a meeting, moved actions and meetings, people, boards."""
