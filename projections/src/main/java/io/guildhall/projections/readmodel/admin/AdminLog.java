package io.guildhall.projections.readmodel.admin;

import io.guildhall.projections.readmodel.Page;
import io.guildhall.projections.readmodel.admin.AdminLogEntry.Action;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** What admins and operators have done with accounts, and what owners have requested. Entries are only ever added. */
public interface AdminLog {
    /**
     * The entries to list. An empty component does not restrict them.
     *
     * @param by an account id, or {@link AdminLogEntry#OPERATOR}
     * @param from the earliest time, inclusive
     * @param until the latest time, exclusive
     */
    record Filter(
            Optional<String> accountId,
            Optional<String> by,
            Optional<Action> action,
            Optional<Instant> from,
            Optional<Instant> until) {}

    /** Newest first. */
    CompletionStage<Page<AdminLogEntry>> list(Filter filter, Page.Request page);
}
