"""From an article to an `Extraction`: actors, issues, events, relations and positions with evidence."""
