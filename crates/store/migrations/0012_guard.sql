-- By what the number of an erased child is known again when a case system sends it anew: a hash under a key that is not in the database.
CREATE TABLE erased_child (
    authority {id}    NOT NULL REFERENCES authority (id),
    hash      {bytes} NOT NULL CHECK (length(hash) = 32),
    change_id {id}    NOT NULL REFERENCES audit (change_id) DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (authority, hash)
);
{append only erased_child}
{fenced erased_child}
