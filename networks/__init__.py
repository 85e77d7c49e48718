"""Discourse networks: statements as tables, the matrices and graphs made of them, their measures and pictures."""
