"""Benchmarks: one file per claim; each prints a table and writes JSON."""
