"""What the files and folders of projects and libraries are called."""

MANIFESTO = "manifesto.yaml"
HEADER = "library.yaml"
SOURCES = "sources.yaml"
FOLDERS = ("priorities", "ideas", "case-studies", "deals")
"""Where records are, a kind in each."""
