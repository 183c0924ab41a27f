"""What a secretary, or whoever runs the plan, can ask for, as frozen command objects; the others are in `commands`."""
