"""AllianceGraph: policy articles to an auditable knowledge graph of alliance discourse."""

__version__ = "0.1.0"
