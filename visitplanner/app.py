"""Wires settings, database, blueprints and jobs into one Flask application."""
