"""Many documents at once: read, extracted and packed by worker processes or a cluster, and stored by one writer."""
