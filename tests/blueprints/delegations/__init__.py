"""Tests of the room of delegations."""
