-- The accounts to which providers are paid, sealed with a key that is not in the database. One person proposes, another confirms.

CREATE TABLE payee (
    id          {id}      NOT NULL PRIMARY KEY,
    authority   {id}      NOT NULL REFERENCES authority (id),
    provider    {id}      NOT NULL REFERENCES provider (id),
    state       {text}    NOT NULL,
    sealed      {bytes}   NOT NULL,
    ending      {text}    NOT NULL,
    because     {text}    NOT NULL CHECK (because <> ''),
    proposed_by {id}      NOT NULL REFERENCES person (id),
    proposed_at {instant} NOT NULL,
    decided_by  {id}      REFERENCES person (id),
    decided_at  {instant},
    {recorded}
    CHECK (length(sealed) > 24),
    CHECK (length(ending) = 4),
    CHECK ((decided_by IS NULL) = (state = 'waiting')),
    CHECK ((decided_by IS NULL) = (decided_at IS NULL)),
    CHECK (state IN ('waiting', 'withdrawn') OR decided_by <> proposed_by)
);
{kept payee}
CREATE INDEX payee_of_provider ON payee (provider, proposed_at);
CREATE UNIQUE INDEX payee_waits_once ON payee (authority, provider) WHERE state = 'waiting';
CREATE UNIQUE INDEX payee_in_force_once ON payee (authority, provider) WHERE state = 'in-force';
