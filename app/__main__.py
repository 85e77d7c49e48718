"""`python -m alliancegraph` is the command `alliancegraph`."""

import sys

from alliancegraph.cli import main

if __name__ == "__main__":
    sys.exit(main())
