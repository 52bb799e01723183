"""What can be known of a theme by reading it: names that nothing gives, and parts that nothing uses."""
