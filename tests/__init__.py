"""The tests; `docs/developer/testing.md` tells how they are laid out."""
