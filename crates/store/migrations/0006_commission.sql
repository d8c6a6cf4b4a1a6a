-- What homes are bought under: contract vehicles with their lots, members, prices and blocks; and in which home of the registers a placement is.

CREATE TABLE contract_vehicle (
    id             {id}   NOT NULL PRIMARY KEY,
    authority      {id}   NOT NULL REFERENCES authority (id),
    reference      {text} NOT NULL CHECK (reference <> ''),
    title          {text} NOT NULL CHECK (title <> ''),
    kind           {text} NOT NULL,
    regime         {text} NOT NULL,
    lead_authority {text} NOT NULL,
    callers        {text} NOT NULL,
    starts         {date} NOT NULL,
    ends           {date},
    run_off        {date},
    notes          {text} NOT NULL,
    {recorded}
    UNIQUE (authority, reference),
    CHECK (ends IS NULL OR ends > starts),
    CHECK (run_off IS NULL OR run_off >= ends)
);
{kept contract_vehicle}

CREATE TABLE contract_extension (
    id        {id}   NOT NULL PRIMARY KEY,
    authority {id}   NOT NULL REFERENCES authority (id),
    vehicle   {id}   NOT NULL REFERENCES contract_vehicle (id),
    ends      {date} NOT NULL,
    notice    {date} NOT NULL,
    taken     {date},
    {recorded}
    UNIQUE (vehicle, ends)
);
{kept contract_extension}

CREATE TABLE contract_lot (
    id        {id}   NOT NULL PRIMARY KEY,
    authority {id}   NOT NULL REFERENCES authority (id),
    vehicle   {id}   NOT NULL REFERENCES contract_vehicle (id),
    name      {text} NOT NULL CHECK (name <> ''),
    buys      {text} NOT NULL,
    {recorded}
    UNIQUE (vehicle, name)
);
{kept contract_lot}

CREATE TABLE join_window (
    id        {id}   NOT NULL PRIMARY KEY,
    authority {id}   NOT NULL REFERENCES authority (id),
    vehicle   {id}   NOT NULL REFERENCES contract_vehicle (id),
    starts    {date} NOT NULL,
    ends      {date} NOT NULL,
    {recorded}
    CHECK (ends > starts)
);
{kept join_window}
CREATE INDEX join_window_of_vehicle ON join_window (vehicle, starts);

CREATE TABLE membership (
    id        {id}      NOT NULL PRIMARY KEY,
    authority {id}      NOT NULL REFERENCES authority (id),
    vehicle   {id}      NOT NULL REFERENCES contract_vehicle (id),
    lot       {id}      REFERENCES contract_lot (id),
    provider  {id}      NOT NULL REFERENCES provider (id),
    starts    {date}    NOT NULL,
    ends      {date},
    rank      {integer} CHECK (rank > 0),
    {recorded}
    CHECK (ends IS NULL OR ends > starts)
);
{kept membership}
CREATE INDEX membership_of_vehicle ON membership (vehicle, starts);
CREATE INDEX membership_of_provider ON membership (provider, starts);

CREATE TABLE member_suspension (
    id         {id}   NOT NULL PRIMARY KEY,
    authority  {id}   NOT NULL REFERENCES authority (id),
    vehicle    {id}   NOT NULL REFERENCES contract_vehicle (id),
    membership {id}   NOT NULL REFERENCES membership (id),
    starts     {date} NOT NULL,
    ends       {date},
    reason     {text} NOT NULL CHECK (reason <> ''),
    {recorded}
    CHECK (ends IS NULL OR ends > starts)
);
{kept member_suspension}
CREATE INDEX member_suspension_of ON member_suspension (membership, starts);

CREATE TABLE price_line (
    id         {id}      NOT NULL PRIMARY KEY,
    authority  {id}      NOT NULL REFERENCES authority (id),
    vehicle    {id}      NOT NULL REFERENCES contract_vehicle (id),
    lot        {id}      REFERENCES contract_lot (id),
    provider   {id}      REFERENCES provider (id),
    setting    {id}      REFERENCES setting (id),
    tier       {text}    NOT NULL,
    starts     {date}    NOT NULL,
    ends       {date},
    weekly     {integer} CHECK (weekly >= 0),
    core_hours {integer} CHECK (core_hours >= 0),
    hourly     {integer} CHECK (hourly >= 0),
    source     {text}    NOT NULL,
    {recorded}
    CHECK (ends IS NULL OR ends > starts)
);
{kept price_line}
CREATE INDEX price_line_of_vehicle ON price_line (vehicle, starts);

CREATE TABLE block_beds (
    id          {id}      NOT NULL PRIMARY KEY,
    authority   {id}      NOT NULL REFERENCES authority (id),
    vehicle     {id}      NOT NULL REFERENCES contract_vehicle (id),
    setting     {id}      REFERENCES setting (id),
    foster_home {id}      REFERENCES foster_home (id),
    beds        {integer} NOT NULL CHECK (beds > 0),
    starts      {date}    NOT NULL,
    ends        {date},
    weekly      {integer} CHECK (weekly >= 0),
    minimum     {integer} NOT NULL CHECK (minimum >= 0 AND minimum <= beds),
    void_weekly {integer} CHECK (void_weekly >= 0),
    {recorded}
    CHECK (ends IS NULL OR ends > starts),
    CHECK (setting IS NULL OR foster_home IS NULL)
);
{kept block_beds}
CREATE INDEX block_beds_of_vehicle ON block_beds (vehicle, starts);

CREATE TABLE indexation (
    id        {id}      NOT NULL PRIMARY KEY,
    authority {id}      NOT NULL REFERENCES authority (id),
    vehicle   {id}      NOT NULL REFERENCES contract_vehicle (id),
    rule      {text}    NOT NULL,
    cap       {integer} CHECK (cap >= 0),
    starts    {date}    NOT NULL,
    rate      {integer} CHECK (rate >= 0),
    applied   {date},
    {recorded}
    UNIQUE (vehicle, starts)
);
{kept indexation}

CREATE TABLE accreditation (
    id        {id}      NOT NULL PRIMARY KEY,
    authority {id}      NOT NULL REFERENCES authority (id),
    vehicle   {id}      NOT NULL REFERENCES contract_vehicle (id),
    provider  {id}      NOT NULL REFERENCES provider (id),
    setting   {id}      REFERENCES setting (id),
    scheme    {text}    NOT NULL CHECK (scheme <> ''),
    score     {integer} CHECK (score >= 0),
    outcome   {text}    NOT NULL,
    starts    {date}    NOT NULL,
    ends      {date},
    {recorded}
    CHECK (ends IS NULL OR ends > starts)
);
{kept accreditation}
CREATE INDEX accreditation_of_vehicle ON accreditation (vehicle, starts);

CREATE TABLE outcome_term (
    id        {id}      NOT NULL PRIMARY KEY,
    authority {id}      NOT NULL REFERENCES authority (id),
    vehicle   {id}      NOT NULL REFERENCES contract_vehicle (id),
    name      {text}    NOT NULL CHECK (name <> ''),
    counted   {text}    NOT NULL,
    tariff    {integer} CHECK (tariff >= 0),
    cap       {integer} CHECK (cap >= 0),
    verifier  {text}    NOT NULL,
    {recorded}
    UNIQUE (vehicle, name)
);
{kept outcome_term}

-- In which home of the registers a placement is. Returns give a number alone; foster homes, and homes not registered yet, have none.
CREATE TABLE lodging (
    id          {id}   NOT NULL PRIMARY KEY,
    authority   {id}   NOT NULL REFERENCES authority (id),
    placement   {id}   NOT NULL UNIQUE REFERENCES placement (id),
    child       {id}   NOT NULL REFERENCES child (id),
    setting     {id}   REFERENCES setting (id),
    foster_home {id}   REFERENCES foster_home (id),
    sharing     {text} NOT NULL,
    {recorded}
    CHECK ((setting IS NULL) <> (foster_home IS NULL))
);
{kept lodging}
CREATE INDEX lodging_in_setting ON lodging (setting) WHERE setting IS NOT NULL;
CREATE INDEX lodging_in_foster_home ON lodging (foster_home) WHERE foster_home IS NOT NULL;
