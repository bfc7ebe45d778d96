"""Choosing records by typing: what is offered for words, and drafts of what is missing.

`options` finds what is offered, `drafts` makes a record and takes it back, `addresses` answers both
as JSON, `widgets` are the fields of forms, and `asked` makes what a form without script asks for.
Begin with `posted`: what a field sends.
"""
