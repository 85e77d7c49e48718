"""Pictures of debates, for print and for the screen: SVG with its text as text, and PNG, the same bytes on each run.

Colours are those of the interactive page, which people who see no red or no green tell apart; what a colour says, a shape,
a sign or a line style says too. The package matplotlib draws, without a display.
"""

import logging

# Else a first run tells on stderr that it reads the fonts of the machine.
logging.getLogger("matplotlib").setLevel(logging.ERROR)
