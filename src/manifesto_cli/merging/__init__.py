"""Meaning: a manifesto's choices resolved against its libraries."""
