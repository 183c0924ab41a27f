INSERT INTO setting_change (id, workspace_id, board_id, organisation_id, setting, before, after, person_id, signature,
                            way, at)
VALUES (1, 'T0ONE', 1, NULL, 'papers', '5', '7', 2, 'Secretary', 'command', '2020-09-01 09:00:00.000000'),
       (2, 'T0ONE', NULL, 2, 'closed', '[]', '[["2020-12-24", "2021-01-02", "Christmas"]]', 2, 'Secretary', 'form',
        '2020-09-02 09:00:00.000000');
