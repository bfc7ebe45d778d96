"""Two records that are the same one become one, and are taken apart again.

`rules` says what is chosen together and which relations lead to a record. `planning` finds what a
merge would change, `writing` changes it, and `undoing` takes it back by the history. Begin with
`plan`. It imports models and `events.history`; the admin imports it.
"""
