"""The form of an event, with all that belongs to it and where each fact is written.

`belonging` says which rows those are, `citing` and `stating` hold the formsets of rows that name
other rows of the page, `drawing` what the template shows, `publishing` what is published with it.
It may import `config.admin`, the models and the current source.
"""
