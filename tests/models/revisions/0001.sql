INSERT INTO workspace (id, name, is_demo, created_at, last_tick_at)
VALUES ('T0ONE', 'Sefton', FALSE, '2020-08-01 09:00:00.000000', '2020-09-10 08:31:00.000000');
INSERT INTO account (id, workspace_id, team, "user", name, email, is_guest, is_deleted, is_bot, seen_at)
VALUES (1, 'T0ONE', 'T0ONE', 'U0EDUCATION', 'Education', 'education@sefton.test', FALSE, FALSE, FALSE,
        '2020-08-01 09:00:00.000000');
INSERT INTO organisation (id, workspace_id, "key", name, aliases, closed)
VALUES (1, 'T0ONE', 'council', 'Sefton Council', '["the council"]', '[["2020-12-24", "2021-01-02", "Christmas"]]'),
       (2, 'T0ONE', 'nhs', 'NHS', '[]', '[]');
INSERT INTO person (id, workspace_id, name, email, slack_team, slack_user, channel, unreachable, is_administrator)
VALUES (1, 'T0ONE', 'Education', 'education@sefton.test', 'T0ONE', 'U0EDUCATION', 'D0EDUCATION', '', FALSE),
       (2, 'T0ONE', 'Secretary', '', 'T0ONE', 'U0SECRETARY', '', '', TRUE);
INSERT INTO plan (id, workspace_id, name, area, zone, starts, ends)
VALUES (1, 'T0ONE', 'My Sefton', 'Sefton', 'Europe/London', '2020-01-01', '2025-12-31');
INSERT INTO received (workspace_id, "key", at, about)
VALUES ('T0ONE', 'Ev0ONE', '2020-08-20 10:00:00.000000', 1);
INSERT INTO theme (id, workspace_id, "key", name, position, aliases)
VALUES (1, 'T0ONE', 'healthy', 'Healthy', 3, '["health"]');
INSERT INTO priority (id, workspace_id, number, title, theme_id, aliases)
VALUES (1, 'T0ONE', 7, 'Children are well', 1, '[]');
INSERT INTO post (id, workspace_id, "key", title, organisation_id)
VALUES (1, 'T0ONE', 'head-of-education', 'Head of Education', 1), (2, 'T0ONE', 'secretary', 'Secretary', 1),
       (3, 'T0ONE', 'chair', 'Chair', 2);
INSERT INTO appointment (id, workspace_id, post_id, person_id, capacity, first_day, last_day)
VALUES (1, 'T0ONE', 1, 1, 'holder', NULL, NULL), (2, 'T0ONE', 2, 2, 'holder', '2020-01-01', NULL),
       (3, 'T0ONE', 1, 2, 'deputy', '2020-08-01', '2020-08-14');
INSERT INTO board (id, workspace_id, "key", name, aliases, secretary_post_id, chair_post_id, chair_until, channel,
                   papers_days, papers_working, updates_days, ask_all, publish_at_once, closed, started_at)
VALUES (1, 'T0ONE', 'partnership', 'Partnership board', '["the board"]', 2, 3, NULL, 'C0BOARD',
        5, TRUE, 5, FALSE, FALSE, '[]', '2020-08-01 09:00:00.000000');
INSERT INTO meeting (id, workspace_id, board_id, starts_at, expected, state, focus_theme_id, moved_at,
                     outcomes_recorded_at, outcomes_recorded_by, note)
VALUES (1, 'T0ONE', 1, '2020-09-09 13:00:00.000000', '', 'planned', 1, NULL, '2020-09-10 10:00:00.000000', 2, ''),
       (2, 'T0ONE', 1, '2020-12-08 14:00:00.000000', '', 'planned', NULL, '2020-08-02 09:00:00.000000', NULL, NULL, ''),
       (3, 'T0ONE', 1, NULL, '2021-03', 'planned', NULL, NULL, NULL, NULL, 'to be confirmed');
INSERT INTO action (id, workspace_id, ref, ref_key, number, position, kind, words, theme_id, board_id, lead_post_id,
                    given_meeting_id, minute, source, due_date, first_due_meeting_id, created_at, reviewed_since,
                    first_status, first_words, first_words_on, status, rating, lead_in_question, due_meeting_id, replans,
                    last_update_id, last_answer_at, follow_by, closed_at, closed_meeting_id)
VALUES (1, 'T0ONE', 'healthy-5', 'healthy-5', 5, 0, 'deliverable', 'Recruit two advisors', 1, 1, 1,
        NULL, '', '{"sheet": "Plan"}', NULL, 1, '2020-08-01 09:00:00.000000', NULL,
        'not started', 'two advisors wanted', '2020-07-01', 'some issues', 'some issues', FALSE, 2, 1,
        3, '2020-08-25 11:00:00.000000', NULL, NULL, NULL),
       (2, 'T0ONE', 'healthy-6', 'healthy-6', 6, 1, 'standing commitment', 'Have a family approach', 1, 1, 1,
        NULL, '', '{}', NULL, NULL, '2020-08-01 09:00:00.000000', '2020-08-01',
        'on track', '', NULL, 'on track', 'on track', TRUE, NULL, 0,
        NULL, NULL, NULL, NULL, NULL),
       (3, 'T0ONE', '9sep-1', '9sep-1', 1, 2, 'board action', 'Write to schools', NULL, 1, 1,
        1, 'item 4', '{}', '2020-10-01', NULL, '2020-09-09 15:00:00.000000', NULL,
        'not started', '', NULL, 'complete', 'on track', FALSE, NULL, 0,
        5, '2020-09-20 08:00:00.123456', '2020-10-02', '2020-09-21 09:00:00.000000', 1);
INSERT INTO action_priority (action_id, priority_id) VALUES (3, 1);
INSERT INTO action_support (action_id, organisation_id) VALUES (1, 2);
INSERT INTO action_update (id, workspace_id, action_id, kind, status, words, follow_by, person_id, post_id, signature,
                           way, at, undoes_id, to_meeting_id)
VALUES (1, 'T0ONE', 1, 'update', 'on track', 'one advisor found', NULL, 1, 1, 'Head of Education',
        'command', '2020-08-20 10:00:00.000000', NULL, NULL),
       (2, 'T0ONE', 1, 'undone', NULL, '', NULL, 1, 1, 'Head of Education',
        'button', '2020-08-20 10:01:00.000000', 1, NULL),
       (3, 'T0ONE', 1, 'update', 'some issues', 'nobody applied: “zoë” & co', NULL, 1, 1, 'Head of Education',
        'form', '2020-08-25 11:00:00.000000', NULL, NULL),
       (4, 'T0ONE', 1, 'asked to re-plan', NULL, 'we need the winter', NULL, 1, 1, 'Head of Education',
        'reply', '2020-08-26 11:00:00.500000', NULL, 2),
       (5, 'T0ONE', 3, 'to follow', NULL, '', '2020-10-02', NULL, NULL, 'the import',
        'import', '2020-09-20 08:00:00.123456', NULL, NULL);
INSERT INTO outcome (id, workspace_id, action_id, meeting_id, kind, to_meeting_id, minute, reason, by_chair, person_id,
                     signature, way, at)
VALUES (1, 'T0ONE', 1, 1, 'carried forward', 2, '', 'heard, and given the winter', FALSE, 2,
        'Secretary', 'button', '2020-09-10 09:00:00.000000'),
       (2, 'T0ONE', 3, 1, 'closed', NULL, 'minute 12', '', TRUE, 2, 'Secretary', 'command',
        '2020-09-21 09:00:00.000000');
INSERT INTO replan (id, workspace_id, action_id, from_meeting_id, to_meeting_id, outcome_id, reason, counted, person_id,
                    signature, way, at)
VALUES (1, 'T0ONE', 1, 1, 2, 1, 'heard, and given the winter', TRUE, 2, 'Secretary', 'button',
        '2020-09-10 09:00:00.000000'),
       (2, 'T0ONE', 2, NULL, NULL, NULL, 'a slip', FALSE, 2, 'Secretary', 'command', '2020-09-11 09:00:00.000000');
INSERT INTO snooze (id, workspace_id, action_id, person_id, meeting_id, until, at)
VALUES (1, 'T0ONE', 1, 1, 1, '2020-08-20 08:30:00.000000', '2020-08-18 12:00:00.000000');
INSERT INTO delivery (id, workspace_id, uuid, klass, recipient, address, slot_day, slot_n, state, reason, planned_at,
                      not_before, lease_until, attempts, absent, first_attempt_at, last_attempt_at, sent_at)
VALUES (1, 'T0ONE', '9a3f1c52-7d1f-4a66-8a5e-000000000001', 'bundle', 'person:1', 'D0EDUCATION', '2020-08-10', 0,
        'sent', '', '2020-08-10 08:30:00.000000', NULL, NULL, 1, 0, '2020-08-10 08:30:01.000000',
        '2020-08-10 08:30:01.000000', '2020-08-10 08:30:00.000000'),
       (2, 'T0ONE', '9a3f1c52-7d1f-4a66-8a5e-000000000002', 'secretary', 'person:2', '', '2020-09-10', 0,
        'planned', '', '2020-09-10 08:30:00.000000', '2020-09-10 08:32:00.000000', NULL, 1, 0, NULL, NULL, NULL),
       (3, 'T0ONE', '9a3f1c52-7d1f-4a66-8a5e-000000000003', 'channel', 'channel:C0BOARD', 'C0BOARD', NULL, 0,
        'cancelled', 'nothing left to say', '2020-09-18 08:30:00.000000', NULL, NULL, 0, 0, NULL, NULL, NULL);
INSERT INTO ask (id, workspace_id, kind, subject, meeting_id, meeting_day, step, recipient, state, reason, planned_at,
                 lapses_at, said_at, fingerprint, delivery_id)
VALUES (1, 'T0ONE', 'update', 1, 1, '2020-09-09', 'request', 'person:1', 'sent', '', '2020-08-10 08:30:00.000000',
        '2020-08-24 22:59:59.000000', '2020-08-10 08:30:00.000000', '', 1),
       (2, 'T0ONE', 'update', 2, 1, '2020-09-09', 'last call', 'person:1', 'lapsed', 'answered',
        '2020-08-24 08:30:00.000000', NULL, NULL, '', NULL),
       (3, 'T0ONE', 'update', 1, 1, '2020-09-09', 'snoozed to 2020-08-20', 'person:1', 'sent', '',
        '2020-08-20 08:30:00.000000', NULL, '2020-08-20 08:30:00.000000', '', 1),
       (4, 'T0ONE', 'update', 3, 2, '2020-12-08', 'to follow by 2020-10-02', 'person:1', 'open', '',
        '2020-10-02 08:30:00.000000', NULL, NULL, '', NULL),
       (5, 'T0ONE', 'no update received', 1, 1, '2020-09-09', '', 'person:2', 'sent', '', '2020-08-25 08:30:00.000000',
        NULL, '2020-08-25 08:30:00.000000', '', 2),
       (6, 'T0ONE', 'after the meeting', 1, 1, '2020-09-09', '', 'person:2', 'open', '', '2020-09-10 08:30:00.000000',
        NULL, NULL, '', 2),
       (7, 'T0ONE', 'digest', 1, 1, '2020-09-09', 'digest, outcomes recorded', 'person:2', 'open', '',
        '2020-09-10 10:00:00.000000', NULL, NULL, '{"overdue": []}', NULL),
       (8, 'T0ONE', 'digest', 1, 1, '2020-09-09', 'first digest of 2020-09-17', 'person:2', 'lapsed', '',
        '2020-09-17 08:30:00.000000', NULL, NULL, '', NULL),
       (9, 'T0ONE', 'digest', 1, 1, '2020-09-09', 'digest of 2020-09-24', 'person:2', 'open', '',
        '2020-09-24 08:30:00.000000', NULL, NULL, '', NULL),
       (10, 'T0ONE', 'publish', 1, 1, '2020-09-09', 'digest, outcomes recorded', 'channel:C0BOARD', 'open', '',
        '2020-09-18 08:30:00.000000', NULL, NULL, '', 3),
       (11, 'T0ONE', 'lead in question', 2, 0, '2020-09-09', 'update 4', 'person:2', 'open', '',
        '2020-08-26 11:00:00.000000', NULL, NULL, '', NULL),
       (12, 'T0ONE', 're-plan asked', 1, 2, '2020-12-08', 'update 4', 'person:2', 'open', '',
        '2020-08-26 11:00:00.500000', NULL, NULL, '', NULL),
       (13, 'T0ONE', 'decided by the chair', 3, 1, '2020-09-09', 'closed', 'person:2', 'failed', 'account_inactive',
        '2020-09-21 09:00:00.000000', NULL, NULL, '', NULL),
       (14, 'T0ONE', 'outcome', 1, 1, '2020-09-09', '', 'person:1', 'open', '', '2020-09-10 10:00:00.000000', NULL, NULL,
        '', NULL),
       (15, 'T0ONE', 'message not delivered', 3, 1, '2020-09-09', 'failed', 'person:2', 'open', '', '2020-09-10 10:00:00.000000', NULL, NULL, '', NULL),
       (16, 'T0ONE', 'move to another board', 1, 2, '2020-12-08', 'update 4 2/1', 'person:2', 'open', '', '2020-09-10 10:00:00.000000', NULL, NULL, '', NULL),
       (17, 'T0ONE', 'move to another board', 1, 2, '2020-12-08', 'moved 1', 'person:2', 'open', '', '2020-09-10 10:00:00.000000', NULL, NULL, '', NULL),
       (18, 'T0ONE', 'move to another board', 1, 2, '2020-12-08', 'told 1', 'person:1', 'open', '', '2020-09-10 10:00:00.000000', NULL, NULL, '', NULL),
       (19, 'T0ONE', 'move to another board', 1, 2, '2020-12-08', 'left 4', 'person:1', 'open', '', '2020-09-10 10:00:00.000000', NULL, NULL, '', NULL),
       (20, 'T0ONE', 'account closed', 1, 0, '2020-09-10', 'left board 1', 'person:2', 'open', '', '2020-09-10 10:00:00.000000', NULL, NULL, '', NULL),
       (21, 'T0ONE', 'new lead', 1, 0, '2020-09-10', 'new 1 3', 'person:1', 'open', '', '2020-09-10 10:00:00.000000', NULL, NULL, '', NULL),
       (22, 'T0ONE', 'new lead', 1, 0, '2020-09-10', 'former 3 3', 'person:2', 'open', '', '2020-09-10 10:00:00.000000', NULL, NULL, '', NULL),
       (23, 'T0ONE', 'new lead', 2, 0, '2020-09-10', 'holds 1 1', 'person:1', 'open', '', '2020-09-10 10:00:00.000000', NULL, NULL, '', NULL),
       (24, 'T0ONE', 'new lead', 2, 0, '2020-09-10', 'held 1 3', 'person:2', 'open', '', '2020-09-10 10:00:00.000000', NULL, NULL, '', NULL),
       (25, 'T0ONE', 'secretary changed', 1, 0, '2020-09-10', 'new 2 1', 'person:2', 'open', '', '2020-09-10 10:00:00.000000', NULL, NULL, '', NULL);
INSERT INTO delivery_part (delivery_id, number, payload, ts, stale)
VALUES (1, 0, '{"text": "1 action", "blocks": []}', '1597048201.000100', 1), (2, 0, '{"text": "owing"}', '', 0);
