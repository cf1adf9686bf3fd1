"""What a formula is: its tree, the known functions, reading it, printing it, evaluating it."""
