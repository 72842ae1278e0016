-- Hours had elsewhere can be on any intervention that a group can be on, by the key that registrations and groups have for it; "general" is the work in
-- general, and "other" one that is on no list.
ALTER TABLE hours_elsewhere DROP CONSTRAINT hours_elsewhere_intervention_check;
