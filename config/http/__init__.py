"""Requests and answers: addresses, caches, limits, errors and headers.

`caching` and `faults` are where to begin reading. It may import `config.db`; `problem_documents`
writes what `config.lists` found wrong with a query.
"""
