"""Risks: how they are scored, assessed anew, put right and shown."""
