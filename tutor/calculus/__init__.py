"""What a derivative is: rules and mistaken rules as laws, and the derivation that applies them."""
