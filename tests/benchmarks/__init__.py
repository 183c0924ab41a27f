"""`make bench`: what the bot costs, each figure beside something else measured in the same run.

Not part of `make test`: how long something takes is said here, and asserted nowhere.
"""
