"""Word files: the board's paper, made from a template in a process of its own."""
