-- What equal notifications have in common, such as a job: a digest lists equal ones as one. A column of the record notification_delivery.

ALTER TABLE notification_delivery ADD COLUMN topic TEXT COLLATE "C";
