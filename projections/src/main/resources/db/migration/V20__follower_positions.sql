-- Followers read the journal in ranges of 1,024 slices, and each has a position for every kind of event that it follows.
-- RECORD: follower_position must not be lost. It takes the place of pekko_projection_offset_store, from which it is filled here.
-- Nodes of the previous version still use that table and the column event_journal.slice (0 to 3) until they are stopped. What both
-- versions handle changes nothing the second time. A later version removes the table, pekko_projection_management and the column.

-- The slice of an entity, from 0 to 1023: the first ten bits of a hash. Final: positions are stored by slice.
CREATE FUNCTION journal_slice(persistence_id TEXT) RETURNS INTEGER LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN (get_byte(decode(left(md5(persistence_id), 4), 'hex'), 0) << 2) | (get_byte(decode(left(md5(persistence_id), 4), 'hex'), 1) >> 6);

-- In the order in which it is read. The slice is compared within the index, so any range of slices can be read.
CREATE INDEX event_journal_follower_idx ON event_journal (kind, xid, ordering, journal_slice(persistence_id));
DROP INDEX event_journal_reading_idx;

-- Written by the readers of a follower, each in its range of slices. A row says: all events of this kind in these slices up to this
-- position were handled.
CREATE TABLE follower_position (
    follower    TEXT    NOT NULL,
    kind        TEXT    NOT NULL,
    first_slice INTEGER NOT NULL,
    last_slice  INTEGER NOT NULL,
    xid         XID8    NOT NULL,
    ordering    BIGINT  NOT NULL,
    PRIMARY KEY (follower, kind, first_slice),
    CHECK (0 <= first_slice AND first_slice <= last_slice AND last_slice <= 1023)
);

-- One row, which counts how often positions were changed other than by reading. Readers that wait notice it and load theirs again.
CREATE TABLE follower_reset (resets BIGINT NOT NULL);
INSERT INTO follower_reset VALUES (0);

-- For each follower of the previous version and each kind that it followed: the position before the first event that it has not
-- handled in any of the four slices, or the last event if there is none. A slice without a position was not read yet.
-- A follower without any position has never run; it starts as a new one.
INSERT INTO follower_position (follower, kind, first_slice, last_slice, xid, ordering)
SELECT f.follower, f.kind, 0, 1023, coalesce(unread.xid, last.xid, '0'), coalesce(unread.ordering - 1, last.ordering, 0)
  FROM (VALUES
        ('accounts', 'account'), ('gigs', 'gig'), ('invites', 'invite'), ('jobs', 'job'), ('proposals', 'proposal'),
        ('contracts', 'contract'), ('timeline', 'contract'), ('ledger', 'escrow'), ('messages', 'room'), ('reviews', 'review'),
        ('notifications', 'job'), ('notifications', 'proposal'), ('notifications', 'invite'), ('notifications', 'escrow'),
        ('notifications', 'contract'), ('notifications', 'review'), ('notifications', 'saved-searches'), ('search', 'job'),
        ('search', 'gig'), ('search', 'profile'), ('search', 'account'), ('record', 'contract'), ('record', 'review'),
        ('saved-searches', 'saved-searches'), ('profile', 'account'), ('account-mail', 'account'), ('hiring', 'proposal'),
        ('hiring', 'job'), ('hiring', 'contract'), ('inviting', 'invite'), ('inviting', 'job'), ('payment', 'payout-account'),
        ('payment', 'escrow'), ('payout', 'contract'), ('payout', 'escrow'), ('review', 'contract'), ('review', 'review')
       ) AS f (follower, kind)
  LEFT JOIN LATERAL (
       SELECT first.xid, first.ordering
         FROM generate_series(0, 3) AS s (slice)
         LEFT JOIN pekko_projection_offset_store o ON o.projection_name = f.follower AND o.projection_key = s.slice::text
        CROSS JOIN LATERAL (
              SELECT j.xid, j.ordering
                FROM event_journal j
               WHERE j.kind = f.kind AND j.slice = s.slice
                 AND (j.xid, j.ordering) > (coalesce(split_part(o.current_offset, '/', 1), '0')::xid8,
                                            coalesce(split_part(o.current_offset, '/', 2), '0')::bigint)
               ORDER BY j.xid, j.ordering
               LIMIT 1) AS first
        ORDER BY first.xid, first.ordering
        LIMIT 1) AS unread ON true
  LEFT JOIN LATERAL (
       SELECT j.xid, j.ordering FROM event_journal j WHERE j.kind = f.kind ORDER BY j.xid DESC, j.ordering DESC LIMIT 1) AS last ON true
 WHERE EXISTS (SELECT FROM pekko_projection_offset_store o WHERE o.projection_name = f.follower);
