"""Built-in packs: folders of data and templates, no Python."""
