-- How people sign in. What proves who somebody is, is kept as a hash, or sealed under a key that lies outside the database.

CREATE TABLE password (
    person {id}      NOT NULL PRIMARY KEY REFERENCES person (id),
    hash   {text}    NOT NULL,
    set_at {instant} NOT NULL
);

-- The secret of an authenticator app, sealed, and the last step of time of which a code was taken: no code is taken twice.
CREATE TABLE second_factor (
    person       {id}      NOT NULL PRIMARY KEY REFERENCES person (id),
    secret       {bytes}   NOT NULL,
    confirmed_at {instant},
    last_step    {integer} NOT NULL
);

CREATE TABLE recovery_code (
    person    {id}    NOT NULL REFERENCES person (id),
    code_hash {bytes} NOT NULL,
    PRIMARY KEY (person, code_hash)
);

-- A session is found by the hash of its token before anybody knows whose it is: this table and the next lie outside the fence.
CREATE TABLE session (
    token_hash {bytes}   NOT NULL PRIMARY KEY,
    id         {id}      NOT NULL UNIQUE,
    person     {id}      NOT NULL REFERENCES person (id),
    authority  {id}      NOT NULL REFERENCES authority (id),
    opened_at  {instant} NOT NULL,
    seen_at    {instant} NOT NULL,
    ends_at    {instant} NOT NULL,
    factor_at  {instant}
);
CREATE INDEX session_of_person ON session (person, opened_at);

-- Links that are sent to people: to choose their first password, or another one.
CREATE TABLE link (
    token_hash {bytes}   NOT NULL PRIMARY KEY,
    kind       {text}    NOT NULL CHECK (kind IN ('invitation', 'recovery')),
    person     {id}      NOT NULL REFERENCES person (id),
    authority  {id}      NOT NULL REFERENCES authority (id),
    made_at    {instant} NOT NULL,
    ends_at    {instant} NOT NULL
);
CREATE INDEX link_of_person ON link (person);

-- How often in a row somebody failed to sign in: by hash of the address typed, of where it came from, or of both.
CREATE TABLE throttle (
    subject  {bytes}   NOT NULL PRIMARY KEY,
    failures {integer} NOT NULL CHECK (failures > 0),
    last_at  {instant} NOT NULL
);

-- Written nominations to the offices that approve, and who is on duty when offices are shut.
CREATE TABLE nomination (
    id        {id}   NOT NULL PRIMARY KEY,
    authority {id}   NOT NULL REFERENCES authority (id),
    office    {text} NOT NULL CHECK (office IN ('director', 'nominated-officer', 'chair')),
    standing  {text} NOT NULL CHECK (standing IN ('holder', 'deputy')),
    person    {id}   NOT NULL REFERENCES person (id),
    starts    {date} NOT NULL,
    ends      {date},
    written   {text} NOT NULL CHECK (written <> ''),
    {recorded}
    CHECK (ends IS NULL OR ends > starts)
);
{kept nomination}

CREATE TABLE duty (
    id        {id}   NOT NULL PRIMARY KEY,
    authority {id}   NOT NULL REFERENCES authority (id),
    person    {id}   NOT NULL REFERENCES person (id),
    day       {date} NOT NULL,
    telephone {text} NOT NULL CHECK (telephone <> ''),
    {recorded}
    UNIQUE (authority, day, person)
);
{kept duty}

-- Cases opened by somebody who was not allocated to them, and what came of looking at it afterwards.
CREATE TABLE broken_glass (
    id          {id}      NOT NULL PRIMARY KEY,
    authority   {id}      NOT NULL REFERENCES authority (id),
    child       {id}      NOT NULL REFERENCES child (id),
    person      {id}      NOT NULL REFERENCES person (id),
    reason      {text}    NOT NULL CHECK (reason <> ''),
    opened_at   {instant} NOT NULL,
    ends_at     {instant} NOT NULL,
    reviewed_by {id}      REFERENCES person (id),
    finding     {text},
    {recorded}
    CHECK ((reviewed_by IS NULL) = (finding IS NULL)),
    CHECK (reviewed_by <> person)
);
{kept broken_glass}

-- Declared conflicts of interest: the person is kept out of the child's case, or of what concerns the provider.
CREATE TABLE conflict (
    id        {id}   NOT NULL PRIMARY KEY,
    authority {id}   NOT NULL REFERENCES authority (id),
    person    {id}   NOT NULL REFERENCES person (id),
    thing     {id}   NOT NULL,
    nature    {text} NOT NULL CHECK (nature <> ''),
    starts    {date} NOT NULL,
    ends      {date},
    {recorded}
    CHECK (ends IS NULL OR ends > starts)
);
{kept conflict}
