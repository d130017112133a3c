-- Logins that the console keeps. `hash`: SHA-256 of the secret in the browser's cookie; `tokens`: encrypted with a key
-- that follows from that secret, so that this table alone gives nobody a login.
CREATE TABLE ops.session (
    hash       bytea       PRIMARY KEY,
    subject    text        NOT NULL,
    tokens     bytea       NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    used_at    timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL
);
CREATE INDEX session_by_expiry ON ops.session (expires_at);
