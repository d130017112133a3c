-- How to reach a person outside the inbox. Never on the bus, so that it can be changed and erased.
CREATE TABLE ops.contact (
    person     text PRIMARY KEY,
    email      text,
    opted_out  text[]      NOT NULL DEFAULT '{}' CHECK (opted_out <@ ARRAY['email']),
    updated_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
-- That a contact was erased, and by whom; not what stood in it.
CREATE TABLE ops.contact_erasure (
    receipt   uuid        PRIMARY KEY,
    person    text        NOT NULL,
    erased_by text        NOT NULL,
    erased    text[]      NOT NULL,
    erased_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX contact_erasure_person ON ops.contact_erasure (person);
