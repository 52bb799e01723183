"""What is made from the code for those who read about it: `make reference` writes `docs/reference/`."""
