"""From extractions to an RDF dataset and out again: stores, projections, views and exports."""
