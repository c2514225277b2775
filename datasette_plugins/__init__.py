"""Pages, downloads and settings that Datasette gets on top of its own, over the corpus."""
