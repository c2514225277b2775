"""The meeting place: what documents, recommendations and decisions are, and their store."""
