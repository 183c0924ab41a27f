"""`make bench`: what the bot costs, each figure beside something else measured in the same run (python -m tests.benchmarks).

Not part of `make test`: how long something takes is said here, and asserted nowhere.
"""
