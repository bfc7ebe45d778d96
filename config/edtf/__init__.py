"""Dates with doubt: EDTF read, bounded, put into words, compared, and kept in columns.

EDTF is the Extended Date/Time Format of the Library of Congress (2019). `dates` is where to begin
reading. It may import `config.db`, for its model fields alone.
"""
