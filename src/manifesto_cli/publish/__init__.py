"""Built files → a branch that GitHub Pages shows, or a folder of any other host; and looking at what is live."""
