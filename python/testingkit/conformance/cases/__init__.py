"""Cases: reading them from files, validating and selecting them."""
