"""Changes of meetings, boards, people and the plan, read out of plain words."""
