package io.guildhall.projections.readmodel.account;

import java.time.Instant;
import java.util.Set;

/** Sessions that were ended before they expired. */
public interface Revocations {
    /** Returns the ids of the sessions that were ended at or after an instant. Blocks. */
    Set<String> since(Instant instant);
}
