"""Edition → bytes: parse, plan, then render."""
