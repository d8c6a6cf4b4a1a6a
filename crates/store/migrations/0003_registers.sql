-- The registers: who runs homes, the homes with what their registration allows, what inspectors found, beds by the night, and what somebody must look at.

CREATE TABLE provider (
    id         {id}   NOT NULL PRIMARY KEY,
    authority  {id}   NOT NULL REFERENCES authority (id),
    name       {text} NOT NULL CHECK (name <> ''),
    legal_name {text} NOT NULL,
    company    {text} NOT NULL,
    sector     {text} NOT NULL,
    status     {text} NOT NULL,
    {recorded}
    UNIQUE (authority, name)
);
{kept provider}

CREATE TABLE owner (
    id        {id}   NOT NULL PRIMARY KEY,
    authority {id}   NOT NULL REFERENCES authority (id),
    name      {text} NOT NULL CHECK (name <> ''),
    company   {text} NOT NULL,
    {recorded}
    UNIQUE (authority, name)
);
{kept owner}

CREATE TABLE ownership (
    id        {id}   NOT NULL PRIMARY KEY,
    authority {id}   NOT NULL REFERENCES authority (id),
    provider  {id}   NOT NULL REFERENCES provider (id),
    owner     {id}   NOT NULL REFERENCES owner (id),
    starts    {date} NOT NULL,
    ends      {date},
    {recorded}
    CHECK (ends IS NULL OR ends > starts)
);
{kept ownership}
CREATE INDEX ownership_of_provider ON ownership (provider, starts);

CREATE TABLE setting (
    id           {id}   NOT NULL PRIMARY KEY,
    authority    {id}   NOT NULL REFERENCES authority (id),
    provider     {id}   NOT NULL REFERENCES provider (id),
    urn          {text} NOT NULL,
    kind         {text} NOT NULL,
    name         {text} NOT NULL CHECK (name <> ''),
    area         {integer},
    postcode     {text},
    registration {text} NOT NULL,
    opened       {date},
    closed       {date},
    before       {id}   REFERENCES setting (id),
    {recorded}
    CHECK (closed IS NULL OR opened IS NULL OR closed > opened)
);
{kept setting}
CREATE UNIQUE INDEX setting_number ON setting (authority, urn) WHERE urn <> '';
CREATE INDEX setting_of_provider ON setting (provider);

CREATE TABLE terms (
    id         {id}      NOT NULL PRIMARY KEY,
    authority  {id}      NOT NULL REFERENCES authority (id),
    setting    {id}      NOT NULL REFERENCES setting (id),
    starts     {date}    NOT NULL,
    places     {integer} CHECK (places >= 0),
    youngest   {integer} CHECK (youngest >= 0),
    oldest     {integer} CHECK (oldest >= 0),
    takes      {text}    NOT NULL,
    conditions {text}    NOT NULL,
    {recorded}
    UNIQUE (setting, starts)
);
{kept terms}

CREATE TABLE restriction (
    id        {id}   NOT NULL PRIMARY KEY,
    authority {id}   NOT NULL REFERENCES authority (id),
    setting   {id}   NOT NULL REFERENCES setting (id),
    kind      {text} NOT NULL,
    starts    {date} NOT NULL,
    ends      {date},
    words     {text} NOT NULL,
    {recorded}
    CHECK (ends IS NULL OR ends > starts)
);
{kept restriction}
CREATE INDEX restriction_of_setting ON restriction (setting, starts);

CREATE TABLE judgement (
    id        {id}   NOT NULL PRIMARY KEY,
    authority {id}   NOT NULL REFERENCES authority (id),
    provider  {id}   NOT NULL REFERENCES provider (id),
    setting   {id}   REFERENCES setting (id),
    day       {date} NOT NULL,
    overall   {text} NOT NULL,
    protected {text},
    leaders   {text},
    {recorded}
    UNIQUE (setting, day)
);
{kept judgement}
CREATE INDEX judgement_of_provider ON judgement (provider, day);

CREATE TABLE capacity_event (
    id        {id}      NOT NULL PRIMARY KEY,
    authority {id}      NOT NULL REFERENCES authority (id),
    setting   {id}      NOT NULL REFERENCES setting (id),
    starts    {date}    NOT NULL,
    ends      {date},
    beds      {integer} NOT NULL CHECK (beds > 0),
    reason    {text}    NOT NULL,
    note      {text}    NOT NULL,
    {recorded}
    CHECK (ends IS NULL OR ends > starts)
);
{kept capacity_event}
CREATE INDEX capacity_event_of_setting ON capacity_event (setting, starts);

CREATE TABLE hold (
    id        {id}      NOT NULL PRIMARY KEY,
    authority {id}      NOT NULL REFERENCES authority (id),
    setting   {id}      NOT NULL REFERENCES setting (id),
    child     {id}      NOT NULL REFERENCES child (id),
    starts    {date}    NOT NULL,
    ends      {date},
    sharing   {text}    NOT NULL,
    lapses    {instant} NOT NULL,
    released  {instant},
    {recorded}
    CHECK (ends IS NULL OR ends > starts)
);
{kept hold}
CREATE INDEX hold_of_setting ON hold (setting, starts);

CREATE TABLE foster_home (
    id        {id}      NOT NULL PRIMARY KEY,
    authority {id}      NOT NULL REFERENCES authority (id),
    provider  {id}      NOT NULL REFERENCES provider (id),
    reference {text}    NOT NULL CHECK (reference <> ''),
    stage     {text}    NOT NULL,
    enquired  {date},
    approved  {date},
    ended     {date},
    places    {integer} NOT NULL CHECK (places >= 0),
    youngest  {integer} NOT NULL CHECK (youngest >= 0),
    oldest    {integer} NOT NULL CHECK (oldest >= 0),
    takes     {text}    NOT NULL,
    care      {text}    NOT NULL,
    scheme    {text}    NOT NULL,
    skills    {text}    NOT NULL,
    ethnicity {text}    NOT NULL,
    postcode  {text},
    {recorded}
    UNIQUE (authority, reference)
);
{kept foster_home}
CREATE INDEX foster_home_of_provider ON foster_home (provider);

CREATE TABLE exemption (
    id        {id}   NOT NULL PRIMARY KEY,
    authority {id}   NOT NULL REFERENCES authority (id),
    home      {id}   NOT NULL REFERENCES foster_home (id),
    child     {id}   NOT NULL REFERENCES child (id),
    starts    {date} NOT NULL,
    ends      {date},
    reason    {text} NOT NULL,
    {recorded}
    CHECK (ends IS NULL OR ends > starts)
);
{kept exemption}
CREATE INDEX exemption_of_home ON exemption (home, starts);

CREATE TABLE document (
    id          {id}   NOT NULL PRIMARY KEY,
    authority   {id}   NOT NULL REFERENCES authority (id),
    provider    {id}   NOT NULL REFERENCES provider (id),
    setting     {id}   REFERENCES setting (id),
    foster_home {id}   REFERENCES foster_home (id),
    kind        {text} NOT NULL,
    title       {text} NOT NULL,
    starts      {date} NOT NULL,
    ends        {date},
    {recorded}
    CHECK (ends IS NULL OR ends > starts)
);
{kept document}
CREATE INDEX document_of_provider ON document (provider, ends);

CREATE TABLE alert (
    id        {id}   NOT NULL PRIMARY KEY,
    authority {id}   NOT NULL REFERENCES authority (id),
    setting   {id}   NOT NULL REFERENCES setting (id),
    child     {id}   REFERENCES child (id),
    kind      {text} NOT NULL,
    words     {text} NOT NULL,
    since     {date} NOT NULL,
    due       {date} NOT NULL,
    owner     {id}   REFERENCES person (id),
    role      {text} NOT NULL,
    resolved  {date},
    outcome   {text} NOT NULL,
    {recorded}
    CHECK (resolved IS NULL OR outcome <> '')
);
{kept alert}
CREATE INDEX alert_of_setting ON alert (setting, since);
CREATE INDEX alert_open ON alert (authority, due) WHERE resolved IS NULL;

-- Who lives in a home is asked by its number, as returns say it.
CREATE INDEX placement_at ON placement (authority, urn, starts);
