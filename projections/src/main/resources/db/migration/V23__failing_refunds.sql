-- Sandbox: refunds that succeed and fail after a while.

ALTER TABLE sandbox.refund ADD COLUMN fails_at TIMESTAMPTZ;
CREATE INDEX refund_failing ON sandbox.refund (fails_at) WHERE fails_at IS NOT NULL;
