"""What every list has: a strict filter set, facets, pages by number or cursor, and one render.

`filtering` is where to begin reading. It may import `config.edtf`, `config.db` and `config.http`.
"""
