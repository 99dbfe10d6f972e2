"""One module per family of rule tables: the shape of what `rules/*.toml` may hold."""
