"""Is the answer right: two independent witnesses, and the verdict that keeps both."""
