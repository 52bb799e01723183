"""Where the tool touches the disk: reading trees, and writing output folders."""
