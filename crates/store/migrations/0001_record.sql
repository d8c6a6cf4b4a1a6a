-- The record: whose it is, who works with it, every change with its reason, and the first registers.
--
-- Words in braces are the column types of both engines, and what surrounds a table of facts: see src/schema.

CREATE TABLE authority (
    id   {id}   NOT NULL PRIMARY KEY,
    code {text} NOT NULL UNIQUE,
    name {text} NOT NULL CHECK (name <> '')
);

CREATE TABLE person (
    id         {id}      NOT NULL PRIMARY KEY,
    email      {text}    NOT NULL UNIQUE CHECK (email = lower(email)),
    name       {text}    NOT NULL CHECK (name <> ''),
    stopped_at {instant}
);

CREATE TABLE role_grant (
    authority {id}   NOT NULL REFERENCES authority (id),
    person    {id}   NOT NULL REFERENCES person (id),
    role      {text} NOT NULL,
    PRIMARY KEY (authority, person, role)
);
{fenced role_grant}

-- One row a change, in the order in which an authority's changes were kept. Each carries the seal of the one before.
CREATE TABLE audit (
    change_id    {id}      NOT NULL PRIMARY KEY,
    authority    {id}      NOT NULL REFERENCES authority (id),
    seq          {integer} NOT NULL,
    at           {instant} NOT NULL,
    person       {id}      REFERENCES person (id),
    machine      {text},
    action       {text}    NOT NULL,
    subject_kind {text}    NOT NULL,
    subject      {text}    NOT NULL,
    reason       {text}    NOT NULL,
    purpose      {text},
    detail_hash  {bytes}   NOT NULL,
    seal         {bytes}   NOT NULL,
    UNIQUE (authority, seq)
);
CREATE INDEX audit_of_subject ON audit (authority, subject_kind, subject, seq);
{append only audit}
{fenced audit}

-- What a change made of each row. Apart from the log and each under its own hash, so that a lawful
-- erasure blanks it and leaves the chain whole.
CREATE TABLE audit_detail (
    change_id  {id}      NOT NULL REFERENCES audit (change_id),
    position   {integer} NOT NULL,
    authority  {id}      NOT NULL REFERENCES authority (id),
    table_name {text}    NOT NULL,
    row_id     {text}    NOT NULL,
    row_hash   {bytes}   NOT NULL,
    before     {text},
    after      {text},
    PRIMARY KEY (change_id, position)
);
CREATE INDEX audit_detail_of_row ON audit_detail (row_id);
{written once until erased audit_detail}
{fenced audit_detail}

-- Which children a change or a reading was about: a child's own log.
CREATE TABLE audit_child (
    authority {id}      NOT NULL REFERENCES authority (id),
    child     {id}      NOT NULL,
    seq       {integer} NOT NULL,
    PRIMARY KEY (authority, child, seq),
    FOREIGN KEY (authority, seq) REFERENCES audit (authority, seq)
);
{append only audit_child}
{fenced audit_child}

-- What a rule of retention erased, and by which change. Nothing else is ever deleted: triggers let a row go, or its detail be blanked, only if it is
-- named here.
CREATE TABLE erasure (
    authority  {id}   NOT NULL REFERENCES authority (id),
    table_name {text} NOT NULL,
    row_id     {text} NOT NULL,
    rule       {text} NOT NULL CHECK (rule <> ''),
    change_id  {id}   NOT NULL REFERENCES audit (change_id) DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (authority, table_name, row_id)
);
CREATE INDEX erasure_of_row ON erasure (row_id);
{append only erasure}
{fenced erasure}

CREATE TABLE audit_head (
    authority {id}      NOT NULL PRIMARY KEY REFERENCES authority (id),
    seq       {integer} NOT NULL,
    seal      {bytes}   NOT NULL,
    at        {instant} NOT NULL
);

-- What the key is known by that seals the logs here, so that no other one is taken for it.
CREATE TABLE seal_key (
    place       {integer} NOT NULL PRIMARY KEY CHECK (place = 1),
    fingerprint {bytes}   NOT NULL
);
{fenced audit_head}

-- What the views, triggers and fences here are known by, so that a program that has them otherwise puts its own on.
CREATE TABLE dressing (
    place    {integer} NOT NULL PRIMARY KEY CHECK (place = 1),
    known_by {bytes}   NOT NULL
);

CREATE TABLE child (
    id         {id}   NOT NULL PRIMARY KEY,
    authority  {id}   NOT NULL REFERENCES authority (id),
    reference  {text} NOT NULL CHECK (reference <> ''),
    born       {date} NOT NULL,
    sex        {text} NOT NULL,
    ethnicity  {text} NOT NULL,
    asylum     {text} NOT NULL,
    restricted {flag} NOT NULL,
    {recorded}
    UNIQUE (authority, reference)
);
{kept child}

CREATE TABLE allocation (
    id        {id}   NOT NULL PRIMARY KEY,
    authority {id}   NOT NULL REFERENCES authority (id),
    child     {id}   NOT NULL REFERENCES child (id),
    person    {id}   NOT NULL REFERENCES person (id),
    starts    {date} NOT NULL,
    ends      {date},
    {recorded}
    CHECK (ends IS NULL OR ends > starts)
);
{kept allocation}
CREATE INDEX allocation_of_person ON allocation (person, child);
CREATE INDEX allocation_of_child ON allocation (child, person);

CREATE TABLE period_of_care (
    id        {id}   NOT NULL PRIMARY KEY,
    authority {id}   NOT NULL REFERENCES authority (id),
    child     {id}   NOT NULL REFERENCES child (id),
    kind      {text} NOT NULL CHECK (kind IN ('care', 'short-breaks')),
    starts    {date} NOT NULL,
    ends      {date},
    ceased    {text} NOT NULL,
    {recorded}
    CHECK (ends IS NULL OR ends > starts)
);
{kept period_of_care}
CREATE INDEX period_of_child ON period_of_care (child, starts);

CREATE TABLE legal_status (
    id        {id}   NOT NULL PRIMARY KEY,
    authority {id}   NOT NULL REFERENCES authority (id),
    child     {id}   NOT NULL REFERENCES child (id),
    status    {text} NOT NULL,
    need      {text} NOT NULL,
    starts    {date} NOT NULL,
    ends      {date},
    {recorded}
    CHECK (ends IS NULL OR ends > starts)
);
{kept legal_status}
CREATE INDEX legal_status_of_child ON legal_status (child, starts);

CREATE TABLE placement (
    id        {id}   NOT NULL PRIMARY KEY,
    authority {id}   NOT NULL REFERENCES authority (id),
    child     {id}   NOT NULL REFERENCES child (id),
    kind      {text} NOT NULL,
    provider  {text} NOT NULL,
    urn       {text} NOT NULL,
    postcode  {text},
    starts    {date} NOT NULL,
    ends      {date},
    ended     {text} NOT NULL,
    {recorded}
    CHECK (ends IS NULL OR ends > starts)
);
{kept placement}
CREATE INDEX placement_of_child ON placement (child, starts);
