"""`make bench`: the site beside Datasette and beside bare SQL, on the same events.

One run: `ged` or `synthetic` give the events, `loading` puts them into a database of their own,
`site` and `datasette` serve them, `cases` says what is asked of each, `clients` asks and times it,
and `report` sets the answers side by side. `size` does all of that for one number of events.
"""
