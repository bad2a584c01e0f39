package io.guildhall.domain.handle;

import io.guildhall.kernel.JournalName;
import io.guildhall.kernel.Journalled;
import java.time.Instant;

/** Events of a handle. They stay in the journal for ever: add new ones, never change these. */
public sealed interface HandleEvent extends Journalled {
    @JournalName("handle.claimed")
    record Claimed(String accountId, Instant at) implements HandleEvent {}
}
