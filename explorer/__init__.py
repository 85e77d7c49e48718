"""The explorer: one offline page in which a graph is seen, filtered, searched and read down to its passages."""
