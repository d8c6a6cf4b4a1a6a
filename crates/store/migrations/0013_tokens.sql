-- Tokens by which programs act for people, each for some of a person's roles and for a time. Like a session a token is found by its hash before anybody
-- knows whose it is, so this table lies outside the fence; like a session it is no part of a copy of the record.

CREATE TABLE program_token (
    token_hash {bytes}   NOT NULL PRIMARY KEY,
    id         {id}      NOT NULL UNIQUE,
    person     {id}      NOT NULL REFERENCES person (id),
    authority  {id}      NOT NULL REFERENCES authority (id),
    name       {text}    NOT NULL CHECK (name <> ''),
    roles      {text}    NOT NULL CHECK (roles <> ''),
    made_at    {instant} NOT NULL,
    ends_at    {instant} NOT NULL,
    seen_at    {instant}
);
CREATE INDEX program_token_of_person ON program_token (person, made_at);
