"""Faults of publishing: what a manifesto says, held against where it is published and what has been published before."""

from manifesto_cli.faults.diagnostic import Diagnostic, error
from manifesto_cli.faults.source import Span


def wrong_address(at: Span, said: str | None, right: str, repository: str, *, section: bool) -> Diagnostic:
    """The manifesto does not name the address at which GitHub will show its site.

    Canonical addresses, the feed, the map of pages and the page for wrong addresses would lead elsewhere. GitHub shows the repository `OWNER/REPOSITORY` at
    `https://OWNER.github.io/REPOSITORY/`, the repository `OWNER/OWNER.github.io` at `https://OWNER.github.io/`, and one with a domain of its own at the
    root of that domain. `manifesto publish` holds the address against the remote of git that it publishes to.

    Mend it by writing the address that the help names. If the site will be elsewhere all the same, as where the owner's other site has a
    domain, say so with `--base-url`: an address that is given so is not questioned.
    """
    return error(
        "wrong-address",
        f"GitHub will not show `{repository}` at the address of this site"
        if said
        else f"the address at which GitHub will show `{repository}` is not set",
        at,
        "not this one" if said else "`site.url` is missing",
        help=f"write `url: {right}`"
        if said
        else f"add `url: {right}` under `site:`"
        if section
        else f"add `site: {{url: {right}}}`",
    )


def lost_domain(at: Span, domain: str) -> Diagnostic:
    """The site that is published now has a domain, and the manifesto does not name it.

    GitHub keeps the domain of a site in the file `CNAME` beside its pages. Without the file the domain would lead nowhere, and every link
    to it with it.

    Mend it by adding `domain:` under `site:`, as the help says. To give the domain up, publish with `--drop-domain`.
    """
    return error(
        "lost-domain",
        f"publishing would take the domain `{domain}` from the site",
        at,
        "`domain:` is missing here",
        help=f"add `domain: {domain}` under `site:`, or give it up with `--drop-domain`",
    )


def pledge_gone(at: Span, path: str, title: str, name: str, renamed: str) -> Diagnostic:
    """A pledge that has been published is in the manifesto no longer.

    People have read it, and links lead to it. A promise that goes in silence is the one that is remembered. So a published pledge keeps a page, which
    says when and why it was withdrawn; only if that is not wanted does its address lead to the page of its priority.

    Mend it by withdrawing it in the open: pick it again, with `status: withdrawn` and `withdrawn: {on: 2026-11, because: "…"}`, as with any other field
    that you change. If it is still there under another id, list the earlier one under `formerly:` in its file. Or let it go, with
    `manifesto publish --let-go ID`.
    """
    return error(
        "pledge-gone",
        f"the pledge “{title or name}” has been published, and is not there any more",
        at,
        f"nothing here is at `{path}`",
        help=f"add `formerly: [{name}]` to the file of `{renamed}`, which has the same title"
        if renamed
        else f'pick it with `status: withdrawn` and `withdrawn: {{on: …, because: "…"}}`, or publish with `--let-go {name}`',
    )
