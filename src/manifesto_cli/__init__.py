"""Manifesto: choose ideas from shared libraries, adapt them, publish the result."""

__version__ = "0.1.0"
