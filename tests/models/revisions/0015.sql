INSERT INTO accepted (workspace_id, "key", kind, payload, at)
VALUES ('T0ONE', 'event:Ev1', 'message', '{}', '2020-08-17 08:30:00+00:00');
