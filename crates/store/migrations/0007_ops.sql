-- Who may read the reporting views of an authority, by the name with which they sign in to the database. PostgreSQL alone asks it: a file has no users.

CREATE TABLE report_reader (
    authority {id}   NOT NULL REFERENCES authority (id),
    reader    {text} NOT NULL CHECK (reader <> ''),
    PRIMARY KEY (authority, reader)
);
{fenced report_reader}
