"""The history of records as curators see it, and taking changes back.

The database notes every change (`events/models/history.py`). `kinds` says of what, `states` reads
what rows were at some time, `plans` says what a restoring would change and does it; the rest makes
the pages. Begin with `states`. It imports models and `config`; the site of the admin imports it.
"""
