package io.guildhall.domain.handle;

import io.guildhall.kernel.JournalName;
import io.guildhall.kernel.Journalled;
import java.time.Instant;

/** Events of a handle, stored permanently: add new ones, never change existing ones. */
public sealed interface HandleEvent extends Journalled {
    @JournalName("handle.claimed")
    record Claimed(String accountId, Instant at) implements HandleEvent {}
}
