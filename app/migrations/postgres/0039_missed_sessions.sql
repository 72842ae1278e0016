-- Today looks for who missed sessions in a row, of which there are few: without this it would look at every session of every member.
CREATE INDEX attendance_missed ON attendance (person_id, session_id) WHERE state = 'did_not_attend';
