-- Payouts and refunds that the payment provider refuses at every attempt: an admin divides the money otherwise, or an
-- operator settles it outside the provider with a note.
-- VIEWS: ledger, held-releases, operator-tasks.

ALTER TABLE ledger_posting ADD COLUMN note TEXT;

-- Until now, only releases to suspended freelancers.
ALTER TABLE held_release ADD COLUMN reason TEXT NOT NULL DEFAULT 'SUSPENDED';

-- Each part of a split has a task of its own. If a node of the previous version has added a task during the upgrade,
-- rebuild operator-tasks.
UPDATE operator_task
   SET id = id || CASE kind WHEN 'PAYOUT_REFUSED' THEN '.payout' ELSE '.refund' END
 WHERE kind IN ('PAYOUT_REFUSED', 'REFUND_REFUSED');
