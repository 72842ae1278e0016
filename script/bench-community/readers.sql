-- Readers who are signed in: the cookie of the first is sign-in=reader-1.
INSERT INTO sign_in (id, token_hash, person_id, stage, code_given_at, device, created_at, seen_at, expires_at)
SELECT gen_random_uuid(), SHA256(CONVERT_TO('reader-' || reader.n, 'UTF8')), reader.id, 'complete', NOW(), 'A reader', NOW(), NOW(), NOW() + INTERVAL '1 day'
FROM (
    SELECT p.id, ROW_NUMBER() OVER (ORDER BY p.id) AS n
    FROM person p
    WHERE p.standing = 'registered' AND EXISTS (SELECT 1 FROM person_role r WHERE r.person_id = p.id AND r.role = 'practitioner')
    LIMIT 63
) reader;
