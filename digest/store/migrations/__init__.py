"""The database's history, one step a file; `digest.store.database` runs what is missing."""
