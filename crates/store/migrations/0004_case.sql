-- The rest of a child's case, the vault of identifying words, and children who stand in the record twice.

CREATE TABLE need_profile (
    id            {id}   NOT NULL PRIMARY KEY,
    authority     {id}   NOT NULL REFERENCES authority (id),
    child         {id}   NOT NULL REFERENCES child (id),
    day           {date} NOT NULL,
    alongside     {text} NOT NULL,
    risks         {text} NOT NULL,
    health        {text} NOT NULL,
    education     {text} NOT NULL,
    communication {text} NOT NULL,
    culture       {text} NOT NULL,
    home          {text} NOT NULL,
    {recorded}
    UNIQUE (child, day)
);
{kept need_profile}

CREATE TABLE sibling (
    id        {id}   NOT NULL PRIMARY KEY,
    authority {id}   NOT NULL REFERENCES authority (id),
    child     {id}   NOT NULL REFERENCES child (id),
    other     {id}   REFERENCES child (id),
    kin       {text} NOT NULL,
    born      {date},
    wish      {text} NOT NULL,
    planned   {text} NOT NULL,
    words     {text} NOT NULL,
    {recorded}
    CHECK (other IS NULL OR other <> child)
);
{kept sibling}
CREATE INDEX sibling_of_child ON sibling (child);

CREATE TABLE missing_episode (
    id        {id}   NOT NULL PRIMARY KEY,
    authority {id}   NOT NULL REFERENCES authority (id),
    child     {id}   NOT NULL REFERENCES child (id),
    kind      {text} NOT NULL,
    starts    {date} NOT NULL,
    ends      {date},
    offered   {date},
    interview {text} NOT NULL,
    {recorded}
    CHECK (ends IS NULL OR ends >= starts)
);
{kept missing_episode}
CREATE INDEX missing_episode_of_child ON missing_episode (child, starts);

CREATE TABLE review (
    id            {id}   NOT NULL PRIMARY KEY,
    authority     {id}   NOT NULL REFERENCES authority (id),
    child         {id}   NOT NULL REFERENCES child (id),
    due           {date} NOT NULL,
    held          {date},
    participation {text} NOT NULL,
    decisions     {text} NOT NULL,
    {recorded}
    UNIQUE (child, due)
);
{kept review}

CREATE TABLE visit (
    id        {id}   NOT NULL PRIMARY KEY,
    authority {id}   NOT NULL REFERENCES authority (id),
    child     {id}   NOT NULL REFERENCES child (id),
    due       {date},
    made      {date},
    seen      {text} NOT NULL,
    made_by   {text} NOT NULL,
    words     {text} NOT NULL,
    {recorded}
    CHECK (due IS NOT NULL OR made IS NOT NULL)
);
{kept visit}
CREATE INDEX visit_of_child ON visit (child);

CREATE TABLE care_plan (
    id         {id}   NOT NULL PRIMARY KEY,
    authority  {id}   NOT NULL REFERENCES authority (id),
    child      {id}   NOT NULL REFERENCES child (id),
    kind       {text} NOT NULL,
    agreed     {date} NOT NULL,
    look_again {date},
    ended      {date},
    aim        {text} NOT NULL,
    {recorded}
    CHECK (ended IS NULL OR ended >= agreed)
);
{kept care_plan}
CREATE INDEX care_plan_of_child ON care_plan (child, agreed);

CREATE TABLE voice (
    id        {id}   NOT NULL PRIMARY KEY,
    authority {id}   NOT NULL REFERENCES authority (id),
    child     {id}   NOT NULL REFERENCES child (id),
    day       {date} NOT NULL,
    channel   {text} NOT NULL,
    words     {text} NOT NULL CHECK (words <> ''),
    heard_by  {text} NOT NULL,
    {recorded}
    CHECK (heard_by <> '')
);
{kept voice}
CREATE INDEX voice_of_child ON voice (child, day);

-- Names, addresses and numbers: sealed with a key that is not in the database.
CREATE TABLE vault (
    id        {id}    NOT NULL PRIMARY KEY,
    authority {id}    NOT NULL REFERENCES authority (id),
    child     {id}    NOT NULL REFERENCES child (id),
    kind      {text}  NOT NULL,
    sealed    {bytes} NOT NULL,
    {recorded}
    CHECK (length(sealed) > 24)
);
{kept vault}
CREATE INDEX vault_of_child ON vault (child, kind);

-- An entry of the register that is the same child as another one. Taken back, both stand apart as before.
CREATE TABLE child_merge (
    id           {id} NOT NULL PRIMARY KEY,
    authority    {id} NOT NULL REFERENCES authority (id),
    child        {id} NOT NULL REFERENCES child (id),
    stands_under {id} NOT NULL REFERENCES child (id),
    {recorded}
    UNIQUE (child),
    CHECK (child <> stands_under)
);
{kept child_merge}
CREATE INDEX child_merge_under ON child_merge (stands_under);
