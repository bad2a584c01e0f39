-- The view of accounts remembers the last event that a row includes, as the other views do: an older event that is read again changes
-- nothing. Nodes of the previous version do not write the column while they run; their rows accept older events until the next change.

ALTER TABLE account ADD COLUMN version BIGINT NOT NULL DEFAULT 0;

UPDATE account a
   SET version = coalesce(
           (SELECT max(j.sequence_number)
              FROM event_journal j
              JOIN pekko_projection_offset_store o ON o.projection_name = 'accounts' AND o.projection_key = j.slice::text
             WHERE j.persistence_id = 'account|' || a.address
               AND (j.xid, j.ordering) <= (split_part(o.current_offset, '/', 1)::xid8, split_part(o.current_offset, '/', 2)::bigint)),
           0);
