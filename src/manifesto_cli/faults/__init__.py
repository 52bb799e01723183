"""What can be said about input: source files, spans, edits and diagnostics."""
