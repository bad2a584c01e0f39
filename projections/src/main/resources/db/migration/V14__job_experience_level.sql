-- The level of experience that a job asks for, in the views of jobs, search documents and saved searches. No event before this
-- version has one, so nothing needs to be rebuilt.

ALTER TABLE job ADD COLUMN experience_level TEXT;
ALTER TABLE search_document ADD COLUMN experience_level TEXT;
ALTER TABLE saved_search ADD COLUMN experience_level TEXT;
