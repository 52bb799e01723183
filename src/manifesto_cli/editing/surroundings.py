"""What lies beside the manifesto in a new project: the same in each, so that no answer can say anything in it."""

from collections.abc import Mapping

README = """\
# The source of a manifesto

The manifesto is [manifesto.yaml](manifesto.yaml). To work on it, install the tool with `pip install manifesto-cli`, and in this folder type

    manifesto check
    manifesto serve --open
    manifesto build

The first lists what is left to do, the second shows the website while you write, the third writes it: open `public/index.html`. `manifesto ideas list` shows the ideas there are to pick from.

`.github/workflows/pages.yml` checks every pull request. It puts the website on GitHub Pages with each push, once it is switched on in the settings of the repository (Pages, Source: GitHub Actions), and nothing is left to do.
"""

README_WITHOUT_PAGES = README.partition("\n`.github/")[0]
"""The same where there is no workflow."""

GITIGNORE = """\
# What `manifesto build` writes
public/
booklet/
# The tool's own files, but for the schemas that help editors
.manifesto/*
!.manifesto/*.schema.json
# Python's
.venv/
venv/
"""

WORKFLOW_PATH = ".github/workflows/pages.yml"
WORKFLOW = """\
# Checks every pull request, and puts the website on GitHub Pages with each push to the default branch.
# Switch it on once, in the settings of the repository: Pages, Source: GitHub Actions.
# It stops at the check, and publishes nothing, as long as the manifesto has texts in [square brackets].
name: Pages
on:
  push:
    branches: [main, master]
  pull_request:
  workflow_dispatch:
permissions: {}
# One push is published at a time, and none is stopped halfway: of those that wait, the newest is next.
concurrency:
  group: pages-${{ github.event_name == 'pull_request' && github.ref || 'live' }}
  cancel-in-progress: ${{ github.event_name == 'pull_request' }}
env:
  TOOL: manifesto-cli
jobs:
  check:
    runs-on: ubuntu-latest
    permissions:
      contents: read
    steps:
      - uses: actions/checkout@v7
        with:
          persist-credentials: false
      - uses: actions/setup-python@v7
        with:
          python-version: '3.13'
      - run: pip install "$TOOL"
      - run: manifesto check --strict --format github
  build:
    needs: check
    if: github.event_name != 'pull_request' && github.ref == format('refs/heads/{0}', github.event.repository.default_branch)
    runs-on: ubuntu-latest
    permissions:
      contents: read
      pages: read
    steps:
      - uses: actions/checkout@v7
        with:
          persist-credentials: false
      - uses: actions/setup-python@v7
        with:
          python-version: '3.13'
      - run: pip install "$TOOL"
      - id: pages
        uses: actions/configure-pages@v6
      # It reads from the live site which addresses it has, so that none of them is lost.
      - run: manifesto publish --to public --live
        env:
          MANIFESTO_BASE_URL: ${{ steps.pages.outputs.base_url }}
      - uses: actions/upload-pages-artifact@v5
        with:
          path: public
  deploy:
    needs: build
    runs-on: ubuntu-latest
    permissions:
      pages: write
      id-token: write
    environment:
      name: github-pages
      url: ${{ steps.deployment.outputs.page_url }}
    steps:
      - id: deployment
        uses: actions/deploy-pages@v5
"""
"""What GitHub does with the folder. The rights stand with each job: a pull request, which may be a stranger's, is only ever read."""


def surroundings(kept: tuple[str, ...], *, pages: bool) -> Mapping[str, str]:
    """The files beside the manifesto, by path. What the folder has already is kept; `pages` says whether a workflow is of use there."""
    there = {name.lower().partition(".")[0] or name.lower() for name in kept}
    files = {} if "readme" in there else {"README.md": README if pages else README_WITHOUT_PAGES}
    if ".gitignore" not in kept:
        files[".gitignore"] = GITIGNORE
    if pages:
        files[WORKFLOW_PATH] = WORKFLOW
    return files
