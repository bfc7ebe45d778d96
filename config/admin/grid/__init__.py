"""Quick corrections of many records of one kind: a table, one row a record.

`forms` is the form of a row, `filling` sets one value in all rows, `rows` puts together what was
typed and what others stored meanwhile, `writing` stores all rows at once, `pages` is what the table
and its preview show. Begin with `view`: from the list to the table, its preview, and the list.
"""
