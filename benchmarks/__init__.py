"""What SevenX does per second, against what it is built on and against another event-sourcing library."""
