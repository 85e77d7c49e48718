"""`--plot`: a picture of what a command found, and where pictures go."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from alliancegraph.commands.networks.options import Callback, gathered
from alliancegraph.commands.networks.output import put
from alliancegraph.ontology.errors import UsageError

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from alliancegraph.networks.plots.size import Size

Drawer = Callable[["Size | None"], "Figure"]
"""What draws a picture in a size, or in its own."""


@dataclass(frozen=True, slots=True)
class Plot:
    """The file of a picture, where one is wanted, and its size; all that can be wrong with them is told at once."""

    picture: Path | None
    picture_size: str | None

    def __post_init__(self) -> None:
        if self.picture is None:
            if self.picture_size is not None:
                raise UsageError("--plot-size is of a picture; name its file with --plot")
            return
        check(self.picture)
        sized(self.picture_size)

    def alone(self, output: Path | None) -> bool:
        """Whether the picture is all that is asked for, since no other file is named."""
        return self.picture is not None and output is None

    def draw(self, drawer: Drawer) -> None:
        """Draw the picture where one is wanted."""
        if self.picture is not None:
            draw(drawer, self.picture, self.picture_size)

    def refuse(self, option: str) -> None:
        """Raise `UsageError` where a picture is wanted beside an option of which there is none."""
        if self.picture is not None:
            raise UsageError(
                f"--plot is of one network and not with {option}; leave out one of them, or see network plot"
            )


def plot_options(command: Callback) -> Callback:
    """`--plot` and `--plot-size`, given to the command as `plot`."""
    options = (
        click.option(
            "--plot",
            "picture",
            type=click.Path(path_type=Path, dir_okay=False),
            metavar="FILE.svg|FILE.png",
            help="Draw a picture; the rest is then written only where -o says so.",
        ),
        click.option(
            "--plot-size",
            "picture_size",
            metavar="WIDTHxHEIGHT",
            help="Of the picture, in pixels.  [default: as it needs]",
        ),
    )
    return gathered(command, "plot", Plot, ("picture", "picture_size"), options)


def check(path: Path) -> None:
    """Raise `UsageError` for a file that is no picture, `ExtraMissing` where pictures cannot be drawn."""
    if path.suffix.lower() not in (".svg", ".png"):
        raise UsageError(f"{path}: a picture is written as .svg or .png")
    import alliancegraph.networks.plots  # noqa: F401  # keeps matplotlib from talking of fonts
    from alliancegraph.networks.extras import extra

    extra("matplotlib", "pictures need")


def sized(text: str | None) -> Size | None:
    """The size that is asked for; raise `UsageError` for none that can be."""
    from alliancegraph.networks.plots.size import Size

    return Size.of(text) if text is not None else None


def draw(drawer: Drawer, path: Path, size: str | None) -> None:
    """Draw and write a picture."""
    from alliancegraph.networks.plots.sheet import rendered

    put(rendered(drawer(sized(size)), path), path, path.suffix[1:])
