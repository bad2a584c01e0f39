-- Every contract is compared once with the suspensions that are known now. Contracts that have ended lose their deadlines,
-- which were kept for ever, and contracts that have missed a suspension or its end note it.

UPDATE deadline SET due_at = now(), generation = generation + 1 WHERE kind = 'contract-standing';
