-- People who work for a provider, and what they told of it. On PostgreSQL they see no row of another provider and none of a child (`schema::dressing`).

CREATE TABLE provider_user (
    id        {id} NOT NULL PRIMARY KEY,
    authority {id} NOT NULL REFERENCES authority (id),
    person    {id} NOT NULL REFERENCES person (id),
    provider  {id} NOT NULL REFERENCES provider (id),
    {recorded}
    UNIQUE (authority, person)
);
{kept provider_user}
CREATE INDEX provider_user_of_provider ON provider_user (provider);

-- A fact of a register, beds or a document, that stands on the provider's own word.
CREATE TABLE told (
    id        {id} NOT NULL PRIMARY KEY,
    authority {id} NOT NULL REFERENCES authority (id),
    provider  {id} NOT NULL REFERENCES provider (id),
    person    {id} NOT NULL REFERENCES person (id),
    fact      {id} NOT NULL,
    {recorded}
    UNIQUE (authority, fact)
);
{kept told}
CREATE INDEX told_of_provider ON told (provider);
