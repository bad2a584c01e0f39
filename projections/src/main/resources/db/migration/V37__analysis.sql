-- The latest jobs that ask for a skill, whether they are open still or not.
CREATE INDEX job_published_idx ON job (published_at DESC, id DESC) WHERE published_at IS NOT NULL;
CREATE INDEX job_published_skill_idx ON job USING gin (skill_keys) WHERE published_at IS NOT NULL;
