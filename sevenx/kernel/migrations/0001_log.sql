-- The log: events are written once and never changed; the application's role may only INSERT and SELECT.
CREATE SCHEMA log;
CREATE TABLE log.events (
    position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    stream   text    NOT NULL COLLATE "C",
    version  integer NOT NULL CHECK (version > 0),
    command  bytea   NOT NULL,
    ordinal  integer NOT NULL,
    value    bytea   NOT NULL,
    UNIQUE (stream, version),
    UNIQUE (command, ordinal)
);
COMMENT ON TABLE log.events IS 'The truth of this area: the very bytes that are on the bus';

-- What is still to be sent. A row without a value is the event at `event`.
CREATE TABLE log.outbox (
    position    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    event       bigint,
    topic       text,
    partition   integer NOT NULL,
    key         bytea,
    value       bytea,
    headers     jsonb,
    traceparent text,
    created_at  timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE log.outbox IS 'Rows in order of position; topic NULL means the area''s own events topic';

-- Streams for which no command is taken, because a fork was found and is not concluded.
CREATE TABLE log.blocked_streams (
    stream text PRIMARY KEY,
    reason text NOT NULL
);

-- Cut-offs that have been announced by PeriodClosed: nothing may be written any more as having occurred before.
CREATE TABLE log.cut_offs (
    kind   text        NOT NULL,
    as_of  timestamptz NOT NULL,
    PRIMARY KEY (kind, as_of)
);

-- Numbers for readable ids; a gap is harmless.
CREATE SCHEMA ops;
CREATE TABLE ops.counters (
    name text   PRIMARY KEY,
    next bigint NOT NULL
);
-- The simulated business time, where the genesis event asked for one.
CREATE TABLE ops.clock (
    only_row     boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    simulated_at timestamptz NOT NULL
);
-- Up to where this service's events have been handed to its reactions. Never rewound, whatever is rebuilt.
CREATE TABLE ops.reaction_checkpoint (
    topic       text    NOT NULL,
    partition   integer NOT NULL,
    next_offset bigint  NOT NULL,
    PRIMARY KEY (topic, partition)
);
-- Events that are in the projections and still to be reacted to: put here by the transaction that applied them.
CREATE TABLE ops.reaction_queue (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    reaction  text    NOT NULL,
    topic     text    NOT NULL,
    partition integer NOT NULL,
    "offset"  bigint  NOT NULL,
    area      text    NOT NULL,
    value     bytea   NOT NULL,
    traceparent text,
    UNIQUE (reaction, topic, partition, "offset")
);
-- Records that this service's reader set aside, in their order. `reaction` is empty for what the projections could not
-- take (then the stream waits, if parked or gap); else it names the reaction that failed on an applied event. `asked`: a
-- person wants it redriven, and the running reader shall do so.
CREATE TABLE ops.quarantine (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    topic       text    NOT NULL,
    partition   integer NOT NULL,
    "offset"    bigint  NOT NULL,
    area        text    NOT NULL,
    stream      text,
    version     bigint,
    kind        text    NOT NULL CHECK (kind IN ('malformed', 'fork', 'gap', 'parked', 'reaction')),
    reason      text    NOT NULL,
    reaction    text    NOT NULL DEFAULT '',
    key         bytea,
    value       bytea,
    hash        bytea   NOT NULL,
    status      text    NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'redriven', 'discarded')),
    asked       boolean NOT NULL DEFAULT false,
    set_aside_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CHECK ((kind = 'reaction') = (reaction <> '')),
    UNIQUE (topic, partition, "offset", reaction)
);
CREATE INDEX quarantine_open ON ops.quarantine (area, stream) WHERE status = 'open';
CREATE INDEX quarantine_hash ON ops.quarantine (hash);
-- Records that audit concluded must not be applied (RecordDiscarded), by the SHA-256 of their value. `settled`: what
-- had been applied of them is out of the projections again.
CREATE TABLE ops.discarded (
    hash       bytea   PRIMARY KEY,
    area       text    NOT NULL,
    stream     text,
    decided_by text    NOT NULL,
    settled    boolean NOT NULL DEFAULT false
);
