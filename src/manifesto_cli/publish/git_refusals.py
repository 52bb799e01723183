"""What git refuses, in a sentence each with a next step: git's own words are read, and seldom shown."""

import re

from msgspec import Struct

from manifesto_cli.faults.error import Exit, ManifestoError
from manifesto_cli.patterns import pattern

AGAIN = "run the same command again"

_PAINT = pattern(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|.)")
_SECRET = pattern(r"(?P<scheme>[a-z][a-z0-9+.-]*)://(?P<who>[^/\s?#]*)@", re.IGNORECASE)
_LONGEST = 300
_QUESTION = pattern(r"(?P<address>https?://[^\s?#]*)[?#][^\s'\"]*", re.IGNORECASE)
_NOISE = pattern(
    r"hint:|To |Everything up-to-date|Please make sure|and the repository exists|error: failed to push"
)
_OWNED = pattern(r"--add safe\.directory (.+)")
_LABEL = pattern(r"^(?:fatal|error|warning): ")


class _Known(Struct, frozen=True):
    """A refusal that has a sentence of its own."""

    words: str
    """By which git's own are known: a regular expression."""
    headline: str
    help: str
    status: Exit = Exit.WORLD


_ACCESS = "check that your account may write to it, and the address with `git remote -v`"

_KNOWN = (
    _Known(
        r"bad config|bad (?:numeric|boolean) config|invalid config|could not parse config",
        "git cannot read its configuration: {words}",
        "mend what it names, or undo the last change: `git config --edit`, or `git config --global --edit`",
        Exit.USAGE,
    ),
    _Known(
        r"dubious ownership",
        "the repository belongs to another account, so git does not use it",
        "`git config --global --add safe.directory {folder}`, if you trust it",
        Exit.USAGE,
    ),
    _Known(
        r"No space left|[Dd]isk quota exceeded",
        "there is no space left on the disk",
        f"make room, then {AGAIN}",
    ),
    _Known(
        r"ident name|tell me who you are|auto-detection is disabled|unable to auto-detect email",
        "git does not know who publishes",
        '`git config user.name "YOUR NAME"` and `git config user.email YOU@EXAMPLE.ORG`; everybody can read both on the branch',
        Exit.USAGE,
    ),
    _Known(
        r"not a git repository",
        "the folder is in no git repository",
        "`git init`, then `git remote add origin https://github.com/OWNER/NAME.git`",
        Exit.USAGE,
    ),
    _Known(
        r"insufficient permission for adding|unable to create temporary|could not create (?:directory|work tree)|Read-only file system",
        "git cannot write into the repository of this folder",
        f"make its `.git` folder writable for your account, then {AGAIN}",
    ),
    _Known(
        r"\.lock': File exists",
        "another git command is at work in this repository, or one was stopped half-way",
        f"wait for it, or delete the lock that `git fetch` names; then {AGAIN}",
    ),
    _Known(
        r"bad object|loose object .* is corrupt|object file .* is empty|inflate:|packfile .* (?:invalid|corrupt)|unable to read tree|[Nn]ot a valid object name|invalid object name",
        "the repository of this folder is damaged: {words}",
        "`git fsck` says more; a fresh `git clone` mends most of it",
    ),
    _Known(
        r"could not read (?:Username|Password)|terminal prompts disabled|no credentials|could not read .* No such device",
        "{remote} wants to know who you are, and git has no credentials for it",
        "publish from a terminal, where git can ask, or `gh auth login`, or use an address of the form git@github.com:OWNER/NAME.git",
    ),
    _Known(
        r"Authentication failed|returned error: 401|Invalid username or (?:password|token)",
        "{remote} does not accept the name and password or token that git has",
        "make a new token, and let git ask for it: `git credential reject`, or `gh auth login`",
    ),
    _Known(
        r"returned error: 403|Permission to .* denied|Write access to repository not granted|marked as read only|403 Forbidden|service not enabled|access denied or repository not exported",
        "your account may not write to {remote}{server}",
        _ACCESS + "; on GitHub Actions, `permissions: contents: write`",
    ),
    _Known(
        r"Permission denied \(|Permission denied, please|Too many authentication failures|sign_and_send_pubkey",
        "{remote} does not accept your ssh key",
        "`ssh-add` loads a key, `ssh -T git@github.com` tries it, and its public half is entered at https://github.com/settings/keys",
    ),
    _Known(
        r"Host key verification failed|REMOTE HOST IDENTIFICATION",
        "ssh does not know the host of {remote}, or knows another one by that name",
        "`ssh -T git@github.com` shows its key; compare it with what the host publishes, then accept it there",
    ),
    _Known(
        r"[Rr]epository '?[^\n']*'? ?not found|Repository not found|does not appear to be a git|does not exist|returned error: 404|Could not find repository",
        "there is no repository at {remote}, or your account cannot see it",
        "make it on GitHub, or correct the address: `git remote set-url {name} ADDRESS`",
    ),
    _Known(
        r"unknown option|usage: git",
        "the git that is installed is too old",
        "install version 2.29 or newer from https://git-scm.com",
    ),
    _Known(
        r"SSL certificate|certificate verification|SSL_ERROR|server verification failed|unable to get local issuer",
        "the host of {remote} cannot prove that it is the right one",
        "check the clock of this machine and the network that you are in; `git ls-remote {name}` shows what git sees",
    ),
    _Known(
        r"Could not resolve|[Nn]ame or service not known|Temporary failure in name|Connection (?:refused|timed out|reset|closed)|Failed to connect|Couldn't connect|unreachable|No route to host|[Oo]peration timed out|unable to connect|Empty reply|early EOF|timed out",
        "{remote} cannot be reached",
        f"check your connection, then {AGAIN}; nothing is lost",
    ),
    _Known(
        r"returned error: (?:429|5\d\d)|HTTP (?:429|5\d\d)|Internal Server Error|Service Unavailable",
        "the host of {remote} cannot answer at the moment",
        f"{AGAIN} in some minutes; nothing is lost",
    ),
    _Known(
        r"unknown transport|remote helper|remote-\S+' is not a git command|transport '.*' not allowed",
        "git does not know how to speak to {remote}",
        "give it an address that git knows: `git remote set-url {name} ADDRESS`",
        Exit.USAGE,
    ),
    _Known(
        r"hung up|Could not read from remote",
        "{remote} has ended the connection",
        f"check your connection and the address with `git remote -v`, then {AGAIN}",
    ),
)

_REJECTED = (
    _Known(
        r"stale info|fetch first|non-fast-forward|is at \S+ but expected|reference already exists|unable to resolve reference|incorrect old value",
        "somebody else has published to `{branch}` meanwhile",
        f"{AGAIN}: it starts from what is there now",
    ),
    _Known(
        r"protected branch|GH006|GH013|[Rr]ule violations",
        "the branch `{branch}` of {remote} is protected{server}",
        "allow your account to push to it, in the settings of the repository under Rules and Branches, or take another one with `--branch`",
    ),
    _Known(
        r"currently checked out",
        "{remote} has `{branch}` checked out, and a push would not change its files",
        "take another branch with `--branch`, or publish to a repository that nobody works in",
    ),
    _Known(
        r"exists; cannot create|cannot lock ref|failed to update ref",
        "{remote} cannot make the branch `{branch}`{server}",
        "there may be a branch whose name is the start of this one, or starts with it; take another one with `--branch`",
    ),
    _Known(
        r"shallow",
        "{remote} does not take anything from this clone, which has only part of the history",
        "`git fetch --unshallow {name}`, then run the same command again",
    ),
    _Known(
        r"unpacker error|failed to write|index-pack abnormal exit",
        "{remote} could not store what was sent{server}",
        "its disk may be full, or a file too large; ask whoever looks after it",
    ),
)


def without_secrets(address: str) -> str:
    """The address, or any text with addresses in it, without passwords and tokens.

    Of what stands before `@`, only the name of an ssh account is kept: on the web it may itself be a token.
    """

    def bare(match: re.Match[str]) -> str:
        ssh = "ssh" in match["scheme"].lower()
        who = match["who"].partition(":")[0] + "@" if ssh else ""
        return f"{match['scheme']}://{who}"

    return _QUESTION.sub(lambda match: match["address"], _SECRET.sub(bare, address))


def cleaned(text: str) -> str:
    """The text without colours, secrets and anything that a terminal obeys, on one line and short."""
    plain = _PAINT.sub("", text.replace("\t", " "))
    visible = "".join(character if character.isprintable() else "\ufffd" for character in plain)
    whole = " ".join(without_secrets(visible).split())
    return whole if len(whole) <= _LONGEST else whole[: _LONGEST - 1] + "…"


def last_words(said: str) -> str:
    """What git says last, cleaned; of a `fatal:` and what follows, the `fatal:`."""
    lines = [line for line in said.splitlines() if line.strip() and not _NOISE.match(line)]
    fatal = [line for line in lines if line.startswith("fatal: ")]
    return _LABEL.sub("", cleaned((fatal or lines or ["no reason given"])[-1])).rstrip(".")


def server_words(said: str) -> str:
    """What the server says, cleaned: the first lines of its own that say something."""
    lines = [
        cleaned(line.removeprefix("remote:")) for line in said.splitlines() if line.startswith("remote:")
    ]
    telling = [line.removeprefix("error: ") for line in lines if re.search(r"\w", line)]
    return cleaned(" ".join(telling[:3])).rstrip(".")


def refused(said: str, *, folder: str, remote: str = "the remote", name: str = "origin") -> ManifestoError:
    """Whatever git says when it fails, as one sentence: `remote` is how the other side is called."""
    plain = _PAINT.sub("", said)
    owned = _OWNED.search(plain)  # it may also be the other side, on this disk
    folder = cleaned(owned[1]) if owned else folder
    for known in _KNOWN:
        if re.search(known.words, plain):
            return _filled(known, plain, folder=folder, remote=remote, name=name)
    return ManifestoError(
        f"git has failed: {last_words(plain)}", help=f"`git fetch {name}` may say more; then {AGAIN}"
    )


def rejected(reason: str, said: str, *, branch: str, remote: str, name: str) -> ManifestoError:
    """Why the other side has not taken a branch: its reason, and whatever was said besides."""
    server = server_words(said)
    for known in _REJECTED:
        if re.search(known.words, f"{reason}\n{server}"):
            return _filled(known, said, branch=branch, remote=remote, name=name)
    why = server or cleaned(reason) or "no reason given"
    return ManifestoError(
        f"{remote} has refused what was published: {why}",
        help=f"do what it asks for, or ask whoever looks after it; then {AGAIN}",
    )


def _filled(known: _Known, said: str, **words: str) -> ManifestoError:
    server = server_words(said)
    words |= {"server": f": {server}" if server else "", "words": last_words(said)}
    return ManifestoError(
        known.headline.format_map(words), help=known.help.format_map(words), status=known.status
    )
