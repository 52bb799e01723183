"""What a deal pays for which outcome: exact arithmetic on what its record says, and nothing that is not in it."""
