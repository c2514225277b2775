"""A file becomes a :class:`corpus.models.Document`; knows pages and layouts, no linguistics."""
