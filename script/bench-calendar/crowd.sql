-- A month of 1,000 sessions for one supervisor, and a week of ten sessions for each of sixty, drawn from sessions that are there.
-- Variables: month (its first day), week (a Monday). The supervisor is whoever signed in last.

CREATE TEMPORARY TABLE pattern AS
SELECT s.*
FROM session s
JOIN supervision_group g ON g.id = s.group_id
WHERE s.cancelled_at IS NULL AND g.ended_at IS NULL AND s.starts_at > (SELECT MAX(starts_at) - INTERVAL '90 days' FROM session)
ORDER BY s.starts_at
LIMIT 1;

CREATE TEMPORARY TABLE crowd AS
SELECT (SELECT person_id FROM sign_in ORDER BY created_at DESC LIMIT 1) AS supervisor_id,
    CAST(:'month' AS DATE) + n % 28 + (n / 28) * INTERVAL '40 minutes' AS starts_local
FROM generate_series(0, 999) n
UNION ALL
SELECT supervisor.id, CAST(:'week' AS DATE) + n % 5 + TIME '10:00' + (n / 5) * INTERVAL '4 hours'
FROM (SELECT DISTINCT supervisor_id AS id FROM session ORDER BY 1 LIMIT 60) supervisor, generate_series(0, 9) n;

INSERT INTO session
SELECT (JSONB_POPULATE_RECORD(pattern, JSONB_BUILD_OBJECT(
    'id', gen_random_uuid(),
    'code', SUBSTR(MD5(RANDOM()::TEXT), 1, 8),
    'supervisor_id', crowd.supervisor_id,
    'slot', NULL,
    'starts_local', crowd.starts_local,
    'starts_at', crowd.starts_local AT TIME ZONE 'Europe/London',
    'length_minutes', 30,
    'ends_at', crowd.starts_local AT TIME ZONE 'Europe/London' + INTERVAL '30 minutes'
))).*
FROM pattern, crowd;

ANALYZE session;
