"""Killable processes: a function given by its import path, run with a deadline and a memory limit."""
