"""From events to facts: what each event adds to an indicator, and for whom. Pure, and without regard to the order in
which events of different streams were read."""
