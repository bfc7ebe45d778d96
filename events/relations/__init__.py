"""Relations of two actors: what stands between them (`rows`), the page on it (`record`), and the
list of pairs (`pairs`)."""
