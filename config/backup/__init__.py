"""Backing up the database into two files, and restoring it from them.

`saving` writes the dump and its manifest; `restoring` reads them. Both run PostgreSQL's own
programs (`programs`), and tell by row checksums (`contents`) that a restored database is equal.
"""
