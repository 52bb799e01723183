"""Changes to the files that people write: each a few edits at known places, proved by reading the result again."""
