-- The order in which waiting e-mails are sent: those about money first, and each address and account in turn, so that many e-mails of one do
-- not delay those of the others. Columns of the record mail_queue. Nodes of the previous version send in the order of due_at.

ALTER TABLE mail_queue
    -- 0: about money, 1: all others. A smaller one is sent first.
    ADD COLUMN priority SMALLINT NOT NULL DEFAULT 1,
    -- Of two e-mails with the same priority, the one with the earlier turn is sent first. The turns of one address or account have at least a
    -- second between them.
    ADD COLUMN turn_at TIMESTAMPTZ NOT NULL DEFAULT now();

UPDATE mail_queue SET turn_at = due_at WHERE status = 'WAITING';
UPDATE mail_queue SET priority = 0
 WHERE kind IN ('escrow-funded', 'milestone-paid', 'payout-failed', 'money-refunded', 'paid-outside', 'refunded-outside', 'refund-requested',
                'refund-offered', 'refund-declined', 'refund-withdrawn', 'refund-agreed', 'refund-agreed-by-silence',
                'refund-silence-warning', 'money-decided', 'part-paid', 'work-accepted-by-silence', 'acceptance-silence-warning');

CREATE INDEX mail_queue_turn_idx ON mail_queue (priority, turn_at, due_at) WHERE status = 'WAITING';
CREATE INDEX mail_queue_turn_of_address_idx ON mail_queue (address_id, priority, turn_at) WHERE status = 'WAITING';
CREATE INDEX mail_queue_turn_of_account_idx ON mail_queue (account_id, priority, turn_at) WHERE status = 'WAITING';
