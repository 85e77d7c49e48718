"""The store as a web service: SPARQL 1.1 Protocol and Graph Store Protocol, with every query in a process that can be ended."""
