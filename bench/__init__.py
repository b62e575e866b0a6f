"""Gold data in, a table of scores out. Reads only the contract that `according code --json` prints."""
