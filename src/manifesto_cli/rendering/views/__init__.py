"""What a template may see: plain values, made from the edition for one page."""
