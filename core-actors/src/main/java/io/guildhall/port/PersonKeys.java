package io.guildhall.port;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * The keys of the personal data of accounts. Each account has one, which is created with its first personal data. A
 * stage fails as the database does, if it is unavailable.
 */
public interface PersonKeys {
    /** Never blocks. Empty if the key has to be read; the account may not have one. */
    Optional<PersonKey> cached(String accountId);

    /**
     * Returns the key of each account. Fails if one has none, or one whose master key is not configured: the message says
     * what to do.
     */
    CompletionStage<Map<String, PersonKey>> find(Set<String> accountIds);

    /** Returns the key of each account. Creates those that do not exist. */
    CompletionStage<Map<String, PersonKey>> findOrCreate(Set<String> accountIds);

    /**
     * Destroys the key of an account, which can have none yet, and so its personal data in the journal. Cannot be undone.
     * The other nodes know it within a few seconds. A repeated call changes nothing.
     */
    CompletionStage<Void> destroy(String accountId);
}
