-- Who a contact person of an enterprise is. Never on the bus, so that it can be changed and erased. Of one that is
-- erased the row stays as the receipt: that there was something, of which kinds, erased when and by whom.
CREATE TABLE ops.contact (
    contact    text        PRIMARY KEY,
    enterprise text        NOT NULL,
    name       text,
    position   text,
    telephone  text,
    email      text,
    note       text,
    updated_by text        NOT NULL,
    updated_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    receipt    uuid,
    erased     text[],
    erased_by  text,
    erased_at  timestamptz,
    CHECK (receipt IS NULL OR num_nonnulls(name, position, telephone, email, note) = 0)
);
CREATE INDEX contact_by_enterprise ON ops.contact (enterprise);
