"""How it looks: an assessment as blocks, and the blocks as text."""
