"""What a browser is shown: the explorer, a page to ask in, and a page for every resource."""
