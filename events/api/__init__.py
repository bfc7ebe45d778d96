"""The read-only API: the lists of the site and their filters, as JSON and with a description."""
