"""What comes next, and what was done."""
