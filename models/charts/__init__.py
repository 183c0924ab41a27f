"""Charts of a measure's figures: what they show, the words that stand for them, and their drawing."""
