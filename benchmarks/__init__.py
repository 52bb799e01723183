"""What things cost, measured: `make bench`. Timings are for reading, never a test."""
