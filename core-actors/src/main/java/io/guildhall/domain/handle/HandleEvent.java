package io.guildhall.domain.handle;

import io.guildhall.kernel.JournalName;
import io.guildhall.kernel.Journalled;
import java.time.Instant;

/** Everything that can have happened to a handle. Journalled for ever: change only by adding. */
public sealed interface HandleEvent extends Journalled {
    @JournalName("handle.claimed")
    record Claimed(String accountId, Instant at) implements HandleEvent {}
}
