-- The mapping by which an authority's case system is read: what its columns, dates and codes mean.
CREATE TABLE feed_mapping (
    id        {id}   NOT NULL PRIMARY KEY,
    authority {id}   NOT NULL REFERENCES authority (id),
    file      {text} NOT NULL CHECK (file <> ''),
    words     {text} NOT NULL CHECK (words <> ''),
    {recorded}
    UNIQUE (authority)
);
{kept feed_mapping}
