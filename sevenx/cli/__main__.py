"""`python -m sevenx.cli`: the same as `sevenx`."""

from sevenx.cli.main import main

main(prog_name="sevenx")
