"""`python -m visitplanner`."""

from visitplanner.cli import main

main()
