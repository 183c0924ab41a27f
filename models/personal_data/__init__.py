"""What is held about somebody: where it may stand, all of it in one document, and its erasure."""
