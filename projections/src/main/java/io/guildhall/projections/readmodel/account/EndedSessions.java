package io.guildhall.projections.readmodel.account;

import java.time.Instant;
import java.util.Set;

/**
 * Sessions that were ended before they expired: by a logout, a logout everywhere, a reused refresh token or a
 * suspension. They are read from a table that no rebuild empties.
 */
public interface EndedSessions {
    /** Returns the ids of the sessions that were ended at or after an instant. Blocks. */
    Set<String> since(Instant instant);
}
