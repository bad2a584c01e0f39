-- offered: whether a job or gig is itself open; listed: and its owner is not suspended. A profile's is its text.
ALTER TABLE search_document ADD COLUMN offered BOOLEAN NOT NULL DEFAULT false;
UPDATE search_document SET offered = listed WHERE kind <> 'FREELANCER';
CREATE INDEX search_document_owner_idx ON search_document (owner_id);

UPDATE search_document d SET listed = false FROM search_person p WHERE p.account_id = d.owner_id AND p.is_suspended AND d.listed;
DELETE FROM embedding.vector v USING search_document d WHERE v.kind = d.kind AND v.id = d.id AND NOT d.listed;
DELETE FROM embedding.backlog b USING search_document d WHERE b.id = d.id AND NOT d.listed;
