"""`python -m cypp_action_tracker` is `cypp`."""

from . import main

main()
