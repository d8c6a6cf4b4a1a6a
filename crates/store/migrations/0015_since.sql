-- Since when each thing is recorded is asked for every list of work: of each table the first day, without reading the table.

CREATE INDEX review_first ON review (authority, held);
CREATE INDEX visit_first ON visit (authority, made);
CREATE INDEX health_assessment_first ON health_assessment (authority, kind, held);
CREATE INDEX care_plan_first ON care_plan (authority, kind, agreed);
CREATE INDEX voice_first ON voice (authority, day);
