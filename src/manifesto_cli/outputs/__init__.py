"""The forms in which a manifesto is published, one file each."""

from manifesto_cli.outputs.booklet import BOOKLET
from manifesto_cli.outputs.website import WEBSITE
from manifesto_cli.rendering.output import Output

OUTPUTS: tuple[Output, ...] = (WEBSITE, BOOKLET)
"""All of them; the first is made unless another is asked for."""
