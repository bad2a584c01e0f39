-- How much of a freelancer is to be had, where the profile says so.
ALTER TABLE search_document ADD COLUMN availability TEXT;
