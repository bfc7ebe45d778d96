"""A Django database engine that starts, shares and stops a PostgreSQL server of its own.

`base` is what Django loads. `server` attaches this process to the shared server; `watcher` runs
apart from every user, and alone starts (`cluster`) and stops it. They meet in one folder (`place`).
"""
