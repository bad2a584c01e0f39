-- Unlocks what is for subscribers.
ALTER TABLE account ADD COLUMN is_premium BOOLEAN NOT NULL DEFAULT false;
