"""Searching by words: how texts are read, what a question means, and which rows answer to it.

Everything that is searched is read in one way (`text`, and config/sql/search_text.sql in the
database). A question is taken apart in `query`, and its typos are corrected in `spelling`. `rows`
are tables that are found by words, `names` those with names in several scripts, `filters` the
parameter `q`. It may import `config.db` and `config.lists`. Begin reading with `query`.
"""
