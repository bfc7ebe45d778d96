"""`make bench`: the site beside Datasette and beside bare SQL, on the same events.

`ged_shape` or `varied` give the records, `loading` puts them into a database of their own, `site`
and `datasette` serve them, `chosen` and `cases` say what is asked of each, `asking` times it,
`walk` follows links, `writers` save and rename, `worker` looks at memory. `run` does all of that
for one shape and number of events; `goals` and `report` judge and show what `results` hold.

It speaks to the site by HTTP alone, and reads and writes no tables but those of the records.
"""
