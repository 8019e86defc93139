-- The rows of a large court, written in bulk. Ids count up as the product's do; each statement ends with a line of its own.
-- Given beforehand: parts_of(i, id, judge), days(k, on_day) of court days in order, and the named parameters.

CREATE TEMP TABLE lives AS
WITH RECURSIVE numbers(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < :cases),
staged AS (
    SELECT n, CASE WHEN n < :on_today THEN 0 ELSE n % :parts END AS part,
           CASE WHEN n < :active THEN 'active' WHEN n % 20 = 0 THEN 'acd' WHEN n % 20 = 1 THEN 'terminated'
                WHEN n % 20 = 2 THEN 'sealed' ELSE 'dismissed' END AS stage
    FROM numbers
)
SELECT n, part, stage, stage = 'active' AS active, printf('%032x', 0xCA5E00000000 + n) AS case_id,
       -- The last appearance that was held: within two weeks for an active case, anywhere in the past for a closed one.
       CASE WHEN stage = 'active' THEN :k_today - 1 - n % 10 ELSE 90 + (n * 7919) % (:k_today - 160) END AS last_k,
       CASE WHEN n < :on_today THEN :k_today WHEN stage = 'active' THEN :k_today + 1 + (n / :parts) % 30 END AS next_k
FROM staged
;
CREATE TEMP TABLE cases_of AS
SELECT lives.*, began.on_day AS began_on, ended.on_day AS last_on,
       printf('%032x', 0xB0000000000 + n) AS person_id, printf('%032x', 0xB1000000000 + n) AS participant_id,
       printf('%032x', 0xB2000000000 + n) AS mandate_id, printf('%032x', 0xB3000000000 + n) AS referral_id,
       (SELECT id FROM parts_of WHERE i = lives.part) AS part_id
FROM lives JOIN days AS began ON began.k = last_k - 80 JOIN days AS ended ON ended.k = last_k
ORDER BY n
;
INSERT INTO court_sessions (id, court_id, part_id, judge_id, held_on, starts_at, capacity_cases, capacity_minutes,
                            purposes, state)
SELECT printf('%032x', 0x5E0000000000 + k * 100 + i), :court, id, judge, on_day, '09:30:00.000000',
       CASE WHEN k = :k_today AND i = 0 THEN :on_today ELSE 50 END,
       CASE WHEN k = :k_today AND i = 0 THEN :on_today * 5 ELSE 250 END, :purposes, 'open'
FROM days CROSS JOIN parts_of
;
INSERT INTO persons (id, court_id, legal_name, preferred_name, search_key)
SELECT person_id, :court, given || ' ' || family, CASE WHEN n % 3 = 0 THEN given || ' ' || family END,
       ' ' || lower(given || ' ' || family)
FROM (SELECT n, person_id,
             json_extract(:given, '$[' || (n % json_array_length(:given)) || ']') AS given,
             json_extract(:family, '$[' || (n / 7 % json_array_length(:family)) || ']') AS family
      FROM cases_of)
;
INSERT INTO participants (id, court_id, person_id, languages, interpreter_language)
SELECT participant_id, :court, person_id, '["English"]', CASE WHEN n % 4 = 0 THEN 'Mandarin' END FROM cases_of
;
INSERT INTO safety_flags (id, court_id, participant_id, kind, since, recorded_by, recorded_at)
SELECT printf('%032x', 0xB4000000000 + n), :court, participant_id,
       CASE WHEN n % 20 THEN 'separate_waiting' ELSE 'initials_only' END, began_on, :user, :now
FROM cases_of WHERE n % 10 = 0
;
INSERT INTO cases (id, court_id, participant_id, docket_number, part_id, stage, stage_since, opened_on, version, look_on)
SELECT case_id, :court, participant_id, printf('2026-LC-%06d', n), part_id, stage, began_on, began_on, 1,
       CASE WHEN active THEN date(:today, '+30 days') END
FROM cases_of
;
INSERT INTO charges (id, court_id, case_id, count_number, statute, description)
SELECT printf('%032x', 0xB5000000000 + n), :court, case_id, 1, 'PL 230.00', 'charge' FROM cases_of
;
INSERT INTO mandates (id, court_id, case_id, program, policy_version, sessions, accepted_on, ended_on, recorded_by,
                      recorded_at)
SELECT mandate_id, :court, case_id, 'six-sessions', :policy, 6, began_on, CASE WHEN NOT active THEN last_on END, :user,
       :now
FROM cases_of
;
INSERT INTO phase_periods (id, court_id, case_id, mandate_id, position, name, entered_on, left_on, recorded_by,
                           recorded_at)
SELECT printf('%032x', 0xB6000000000 + n), :court, case_id, mandate_id, 1, 'Progress', began_on,
       CASE WHEN NOT active THEN last_on END, :user, :now
FROM cases_of
;
INSERT INTO referrals (id, court_id, case_id, kind, service_id, mandated, sessions, state, state_since)
SELECT referral_id, :court, case_id, 'counselling', :service, 1, 6,
       CASE WHEN active THEN 'enrolled' ELSE 'completed' END, began_on
FROM cases_of
;
INSERT INTO releases (id, court_id, case_id, provider_id, kind, answer, what, purpose, starts_on, ends_on, recorded_by,
                      recorded_at)
SELECT printf('%032x', 0xB7000000000 + n), :court, case_id, :provider, 'criminal_justice', 'given', 'attendance',
       'reports', began_on, CASE WHEN active THEN date(:today, '+180 days') ELSE last_on END, :user, :now
FROM cases_of
;
-- Every two weeks; the ninth is the coming one of an active case. The court's turn comes before the case's, as in time.
INSERT INTO appearances (id, court_id, case_id, court_session_id, purpose, position, minutes, state, interpreter, outcome,
                         promised, added_by, added_at, changed_at)
WITH turns(j) AS (VALUES (1), (2), (3), (4), (5), (6), (7), (8), (9))
SELECT printf('%032x', 0xB8000000000 + j * 1000000 + n), :court, case_id,
       printf('%032x', 0x5E0000000000 + CASE WHEN j < 9 THEN last_k - 10 * (8 - j) ELSE next_k END * 100 + part),
       'review', n, 5, CASE WHEN j < 9 THEN 'held' ELSE 'scheduled' END,
       CASE WHEN n % 4 THEN 'not_needed' ELSE 'booked' END,
       CASE WHEN j < 9 THEN CASE WHEN (n + j) % 17 THEN 'appeared' ELSE 'did_not_appear' END END,
       CASE WHEN (n + j) % 3 = 0 THEN 'a certificate at four sessions' END, :user, :now, :now
FROM turns CROSS JOIN cases_of WHERE j < 9 OR active
;
INSERT INTO reports (id, court_id, case_id, appearance_id, provider_id, period_from, period_to, due_on, state,
                     received_on, versions)
SELECT printf('%032x', 0xB9000000000 + appearances.rowid), :court, case_id, appearances.id, :provider,
       date(held_on, '-17 days'), date(held_on, '-4 days'), date(held_on, '-3 days'),
       CASE WHEN came THEN 'received' ELSE 'expected' END, CASE WHEN came THEN date(held_on, '-3 days') END, came
FROM (SELECT *, rowid, outcome IS NOT NULL OR (court_session_id = :session AND position % 5 <> 0) AS came
      FROM appearances) AS appearances
CROSS JOIN court_sessions ON court_sessions.id = court_session_id
;
-- Each third case was answered once, at its sixth appearance.
INSERT INTO decisions (id, court_id, case_id, appearance_id, version, token, outcome, decided_on, recorded_by,
                       recorded_at)
SELECT printf('%032x', 0xBA000000000 + n), :court, case_id, printf('%032x', 0xB8000000000 + 6000000 + n), 1,
       printf('%032x', 0xBB000000000 + n), 'appeared', date(last_on, '-28 days'), :user, :now
FROM cases_of WHERE n % 3 = 0
;
INSERT INTO responses (id, court_id, case_id, decision_id, kind, behaviour, what, because, step, offered, policy_version,
                       state, decided_on, recorded_by, recorded_at)
SELECT printf('%032x', 0xBC000000000 + n), :court, case_id, printf('%032x', 0xBA000000000 + n), 'sanction', 'unacceptable_absence',
       'conversation with the judge', 'first unacceptable absence', 1, '[]', :policy, 'ordered',
       date(last_on, '-28 days'), :user, :now
FROM cases_of WHERE n % 3 = 0
;
-- Every third day since the mandate began: of nine sessions six attended, one excused, one missed, one cancelled.
INSERT INTO attendances (id, court_id, case_id, referral_id, held_on, kind, disputed, recorded_by, recorded_at)
WITH RECURSIVE nth(j) AS (SELECT 0 UNION ALL SELECT j + 1 FROM nth WHERE j + 1 < :each)
SELECT printf('%032x', 0xBD000000000 + j * 1000000 + n), :court, case_id, referral_id,
       date(began_on, '+' || (3 * j) || ' days'),
       CASE (n + j) % 9 WHEN 0 THEN 'excused' WHEN 4 THEN 'missed' WHEN 7 THEN 'cancelled' ELSE 'attended' END,
       0, :user, :now
FROM nth CROSS JOIN cases_of
;
DROP TABLE cases_of
;
DROP TABLE lives
;
