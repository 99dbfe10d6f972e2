"""One module per kind of thing found in the matching text."""
