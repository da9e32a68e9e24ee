"""Servers, fixtures and builders that the tests share."""
