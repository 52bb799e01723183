"""`python -m manifesto_cli`."""

from manifesto_cli.cli import main

raise SystemExit(main())
