package io.guildhall.projections.readmodel.account;

import java.time.Instant;
import java.util.Set;

/**
 * Sessions that were ended before they expired: by their user, by a refresh token that was used twice, by a newer one of
 * too many, or with all sessions of the account. They are read from a table that no rebuild empties.
 */
public interface EndedSessions {
    /** Returns the ids of the sessions that were ended at or after an instant. Blocks. */
    Set<String> since(Instant instant);
}
