-- What waits for people and what they are told: notices in the app, mail that is to go out, how they want it, and by whom a provider of single sign-on
-- knows them.

-- One thing that somebody is told, once: the same event is not told twice. No personal data: whoever reads it follows the path.
CREATE TABLE notice (
    id        {id}      NOT NULL PRIMARY KEY,
    authority {id}      NOT NULL REFERENCES authority (id),
    person    {id}      NOT NULL REFERENCES person (id),
    kind      {text}    NOT NULL,
    event     {text}    NOT NULL CHECK (event <> ''),
    words     {text}    NOT NULL CHECK (words <> ''),
    path      {text}    NOT NULL CHECK (path LIKE '/%'),
    made_at   {instant} NOT NULL,
    read_at   {instant},
    UNIQUE (authority, person, kind, event)
);
{fenced notice}
CREATE INDEX notice_of_person ON notice (authority, person, made_at);

-- Mail, written in the transaction of the change that it tells of. A secret of a link lies here sealed, and goes when the mail has gone.
CREATE TABLE outbox (
    id        {id}      NOT NULL PRIMARY KEY,
    authority {id}      NOT NULL REFERENCES authority (id),
    person    {id}      NOT NULL REFERENCES person (id),
    kind      {text}    NOT NULL,
    event     {text}    NOT NULL CHECK (event <> ''),
    words     {text}    NOT NULL CHECK (words <> ''),
    path      {text}    NOT NULL CHECK (path LIKE '/%'),
    secret    {bytes},
    made_at   {instant} NOT NULL,
    next_at   {instant},
    attempts  {integer} NOT NULL CHECK (attempts >= 0),
    sent_at   {instant},
    fault     {text}    NOT NULL,
    UNIQUE (authority, person, kind, event),
    CHECK (sent_at IS NULL OR (next_at IS NULL AND secret IS NULL))
);
{fenced outbox}
CREATE INDEX outbox_waiting ON outbox (authority, next_at) WHERE next_at IS NOT NULL;

-- How somebody wants to be told by mail; those who said nothing are told at once.
CREATE TABLE mail_choice (
    authority {id}   NOT NULL REFERENCES authority (id),
    person    {id}   NOT NULL REFERENCES person (id),
    choice    {text} NOT NULL CHECK (choice IN ('each', 'digest')),
    PRIMARY KEY (authority, person)
);
{fenced mail_choice}

-- Who somebody is to a provider of single sign-on: linked once, by an address that the provider has verified, and known by the subject from then on.
CREATE TABLE sign_on (
    issuer    {text}    NOT NULL,
    subject   {text}    NOT NULL,
    person    {id}      NOT NULL REFERENCES person (id),
    linked_at {instant} NOT NULL,
    PRIMARY KEY (issuer, subject),
    UNIQUE (issuer, person)
);
