"""What day it is."""

import os
from datetime import UTC, datetime

from manifesto_cli.faults.error import Exit, ManifestoError
from manifesto_cli.model.quantity import Day


def today() -> Day:
    """The day that it is here, or that of `SOURCE_DATE_EPOCH` (seconds since 1970), by which builds are repeated."""
    given = os.environ.get("SOURCE_DATE_EPOCH")
    try:
        now = datetime.fromtimestamp(int(given), UTC) if given else datetime.now().astimezone()
    except (ValueError, OverflowError, OSError):
        raise ManifestoError(
            f"`SOURCE_DATE_EPOCH` is `{given}`, which is no moment in time",
            help="set it to whole seconds since 1970, or unset it",
            status=Exit.USAGE,
        ) from None
    return Day(now.year, now.month, now.day)
