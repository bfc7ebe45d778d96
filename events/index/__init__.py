"""The event index: which events are under some filters, how many, and in which order.

Every process holds all public events as arrays (`state`), read from the facts table (`facts`) and
kept up to date with it (`current`). Filters select events from it (`selection`), words among them
by their documents in the database (`words`); `offices` finds what somebody did while in office. It
may import models and `config`, and knows nothing of requests, parameters or pages. Begin reading
with `selection`.
"""
