-- Of what else a change tells: a contract's price of the provider and the home whose price it is.
CREATE TABLE audit_concern (
    authority    {id}      NOT NULL REFERENCES authority (id),
    subject_kind {text}    NOT NULL,
    subject      {text}    NOT NULL,
    seq          {integer} NOT NULL,
    PRIMARY KEY (authority, subject_kind, subject, seq),
    FOREIGN KEY (authority, seq) REFERENCES audit (authority, seq)
);
{append only audit_concern}
{fenced audit_concern}

-- An alert is about a home of the register, a foster home, or a child in a home that is on no register.

{optional alert: setting}
{add alert: foster_home {id}}
