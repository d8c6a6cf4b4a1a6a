-- A child's health, decisions made in an emergency, and what courts have allowed.

-- Assessments that the law asks for, and what the return asks beside them.

CREATE TABLE health_assessment (
    id        {id}   NOT NULL PRIMARY KEY,
    authority {id}   NOT NULL REFERENCES authority (id),
    child     {id}   NOT NULL REFERENCES child (id),
    kind      {text} NOT NULL,
    due       {date},
    held      {date},
    assessor  {text} NOT NULL,
    score     {integer},
    words     {text} NOT NULL,
    {recorded}
    CHECK (due IS NOT NULL OR held IS NOT NULL),
    CHECK (score IS NULL OR (score >= 0 AND score <= 40 AND kind = 'sdq' AND held IS NOT NULL))
);
{kept health_assessment}
CREATE INDEX health_assessment_of_child ON health_assessment (child, kind, held);

-- What was decided about a child in an emergency, and who approved it afterwards.
CREATE TABLE emergency_decision (
    id        {id}   NOT NULL PRIMARY KEY,
    authority {id}   NOT NULL REFERENCES authority (id),
    child     {id}   NOT NULL REFERENCES child (id),
    kind      {text} NOT NULL,
    day       {date} NOT NULL,
    decider   {id}   NOT NULL REFERENCES person (id),
    capacity  {text} NOT NULL,
    reasons   {text} NOT NULL CHECK (reasons <> ''),
    approver  {id}   REFERENCES person (id),
    approved  {date},
    {recorded}
    CHECK ((approver IS NULL) = (approved IS NULL)),
    CHECK (approved IS NULL OR approved >= day),
    CHECK (approver IS NULL OR approver <> decider)
);
{kept emergency_decision}
CREATE INDEX emergency_decision_of_child ON emergency_decision (child, day);

-- What a court has allowed about a child, and until when.
CREATE TABLE court_authority (
    id        {id}   NOT NULL PRIMARY KEY,
    authority {id}   NOT NULL REFERENCES authority (id),
    child     {id}   NOT NULL REFERENCES child (id),
    kind      {text} NOT NULL,
    starts    {date} NOT NULL,
    expires   {date} NOT NULL,
    ended     {date},
    court     {text} NOT NULL,
    words     {text} NOT NULL,
    {recorded}
    CHECK (expires >= starts),
    CHECK (ended IS NULL OR ended >= starts)
);
{kept court_authority}
CREATE INDEX court_authority_of_child ON court_authority (child, starts);
