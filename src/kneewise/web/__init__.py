"""The pages and the HTTP API: thin faces; no clinical fact and no rule lives here."""
