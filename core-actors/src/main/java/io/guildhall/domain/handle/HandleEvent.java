package io.guildhall.domain.handle;

import io.guildhall.kernel.JournalName;
import io.guildhall.kernel.Journalled;
import io.guildhall.kernel.Personal;
import java.time.Instant;

/** Events of a handle, stored permanently: add new ones, never change existing ones. */
public sealed interface HandleEvent extends Journalled {
    Instant at();

    @JournalName("handle.claimed")
    record Claimed(
            String accountId, @Personal(of = "accountId") String handle, Instant at) implements HandleEvent {}

    @JournalName("handle.reserved")
    record Reserved(
            String accountId, @Personal(of = "accountId") String handle, Instant at) implements HandleEvent {}

    @JournalName("handle.confirmed")
    record Confirmed(Instant at) implements HandleEvent {}

    @JournalName("handle.cancelled")
    record Cancelled(Instant at) implements HandleEvent {}

    /** @param until when the redirect ends; the handle still belongs to the account after it */
    @JournalName("handle.redirected")
    record Redirected(Instant until, Instant at) implements HandleEvent {}
}
