"""The outputs of a filter: files, feeds and calendars of exactly the events that it finds."""
