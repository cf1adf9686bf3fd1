"""The front ends, which do not know each other."""
