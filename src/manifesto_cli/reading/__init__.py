"""Text → values: YAML as people write it, with the place of everything in it."""
