package io.guildhall.projections.readmodel.account;

import java.time.Instant;
import java.util.Set;

/** Sessions that were ended before their time. */
public interface Revocations {
    /** Those that were ended at or after an instant. Blocks. */
    Set<String> since(Instant instant);
}
