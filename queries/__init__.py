"""The questions analysts ask, one `.rq` file each, and the runner."""
