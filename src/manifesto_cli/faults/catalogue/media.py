"""The files of pictures: what is in them, and whether it can be shown."""

from manifesto_cli.faults.diagnostic import Diagnostic, error, note, warning
from manifesto_cli.faults.source import Span


def picture_unreadable(at: Span, why: str) -> Diagnostic:
    """The file of a picture cannot be shown: it is empty, ends too early, is damaged, or is no picture at all.

    A browser would show a broken frame in its place. It happens when a copy was cut short, when a web page was saved in place of the picture on
    it, or when only the name says JPEG, as with the HEIC pictures of some phones.

    Mend it by putting the picture there once more, saved as JPEG, PNG or WebP. `git lfs pull` fetches what Git LFS keeps elsewhere.
    """
    return error(
        "picture-unreadable",
        f"the picture cannot be shown: {why}",
        at,
        why,
        help="type `git lfs pull`" if "Git LFS" in why else "save it once more, as JPEG, PNG or WebP",
    )


def picture_too_large(at: Span, width: int, height: int, size: int) -> Diagnostic:
    """A picture has more than 80 million pixels or 50 MB.

    Phones do not show such pictures, or show nothing else any more; and a small file that claims to be so large is a trap.

    Mend it by saving the picture smaller: 2,400 pixels are enough for the widest window.
    """
    return error(
        "picture-too-large",
        "the picture is too large to be shown",
        at,
        f"{width:,} × {height:,} pixels" if width else f"{size // 1_000_000:,} MB",
        help="save it again, at most 2,400 pixels wide",
    )


def picture_misnamed(at: Span, form: str, name: str) -> Diagnostic:
    """The name of a picture ends as those of another format do.

    Hosts tell browsers the format by the name. Most browsers look for themselves, and some programs that read feeds or share links do not.

    Mend it by renaming the file, and writing the new name where it is shown.
    """
    return warning(
        "picture-misnamed",
        f"this picture is {_FORMS[form]}, and its name says something else",
        at,
        f"{_FORMS[form]} inside",
        help=f"rename the file to `{name}`, and write that here",
    )


def picture_says_more(at: Span) -> Diagnostic:
    """A picture holds what a camera or program wrote into it, perhaps where it was taken, in a format from which that cannot be taken out here.

    From JPEG, PNG and WebP pictures all of it is left out when they are published, so that nobody learns from a photograph where somebody lives.

    Mend it by saving the picture as JPEG or WebP, or as AVIF without its metadata.
    """
    return warning(
        "picture-says-more",
        "this picture would be published with all that a camera wrote into it",
        at,
        "perhaps the place where it was taken",
        help="save it as JPEG or WebP, or as AVIF without metadata",
    )


def picture_small(at: Span, width: int) -> Diagnostic:
    """A picture of a record is narrower than any phone.

    Where a theme shows it in full width it looks coarse. A logo or a drawing in a text may be as small as it likes.

    Mend it by using a larger copy: 1,600 pixels are enough for every place.
    """
    return note(
        "picture-small",
        f"the picture is only {width:,} pixels wide",
        at,
        "coarse where it is shown large",
        help="use a larger copy of it if there is one; 1,600 pixels are enough",
    )


def pictures_not_resized(at: Span, count: int) -> Diagnostic:
    """Smaller copies of pictures for phones cannot be made here, since Pillow is not installed.

    The site is whole all the same: every picture is published at its own size, and phones load more than they show.

    Mend it by installing Pillow beside the tool: `pip install 'manifesto-cli[pictures]'`.
    """
    pictures = "one picture is" if count == 1 else f"{count:,} pictures are"
    return note(
        "pictures-not-resized",
        f"{pictures} published without smaller copies for phones",
        at,
        "this one" if count == 1 else "the first of them",
        help="install Pillow: `pip install 'manifesto-cli[pictures]'`",
    )


_FORMS = {"jpeg": "a JPEG", "png": "a PNG", "webp": "a WebP", "gif": "a GIF", "avif": "an AVIF"}
