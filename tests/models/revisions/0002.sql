INSERT INTO draft (id, workspace_id, person_id, kind, words, at)
VALUES (1, 'T0ONE', 2, 'actions', 'ACTION: write to schools', '2020-09-09 15:00:00.000000');
INSERT INTO quiet (id, workspace_id, person_id, first_day, last_day, at)
VALUES (1, 'T0ONE', 1, '2020-12-21', '2021-01-04', '2020-09-01 09:00:00.000000');
INSERT INTO spoken (id, workspace_id, channel, ts, payload, stale, at)
VALUES (1, 'T0ONE', 'D0EDUCATION', '1598349600.000200', '{"text": "nobody applied"}', FALSE, '2020-08-25 11:00:00.000000'),
       (2, 'T0ONE', 'D0EDUCATION', '?1', '{"text": "nobody applied"}', TRUE, '2020-08-25 11:00:00.000000');
INSERT INTO action_update (id, workspace_id, action_id, kind, status, words, follow_by, person_id, post_id, signature,
                           way, at, undoes_id, to_meeting_id, corrects_id, heard, withheld, redaction)
VALUES (6, 'T0ONE', 1, 'update', 'some issues', 'two people applied', NULL, 2, 1, 'Secretary for Head of Education',
        'e-mail', '2020-09-12 11:00:00.000000', NULL, NULL, 3, 'by e-mail of Fri 11 Sep 2020', 'one is named', ''),
       (7, 'T0ONE', 1, 'update', 'some issues', '', NULL, 1, 1, 'Head of Education',
        'command', '2020-09-13 11:00:00.000000', NULL, NULL, NULL, '', '', 'named a child, Mon 14 Sep 2020');
UPDATE action_update SET withheld = 'until the board has met' WHERE id = 4;
UPDATE outcome SET redaction = 'named a family, Mon 21 Sep 2020', reason = '' WHERE id = 2;
UPDATE workspace SET backup_at = '2020-09-01 01:00:00.000000', restored_at = '2020-09-01 09:00:00.000000';
UPDATE organisation SET renames = '[["2021-01-01", "NHS Sefton"]]' WHERE id = 2;
UPDATE person SET administrator_until = '2020-12-31' WHERE id = 2;
UPDATE action SET parent_id = 1, partner_id = 2 WHERE id = 3;
UPDATE delivery_part SET as_is = TRUE WHERE delivery_id = 1;
