package io.guildhall.projections.readmodel.notification;

import io.guildhall.projections.readmodel.Page;
import java.util.concurrent.CompletionStage;

public interface Notifications {
    /** Lists the entries of an account, newest first. */
    CompletionStage<Page<NotificationRow>> ofAccount(String accountId, Page.Request page);

    /** Lists the notifications of an entry of an account, newest first; none if the entry is not the account's. */
    CompletionStage<Page<NotificationRow>> ofEntry(String accountId, String entryId, Page.Request page);

    /** Lists the decisions about a notification of an account, or about all of an entry, oldest first. */
    CompletionStage<Page<TraceRow>> trace(String accountId, String id, Page.Request page);

    /** Lists the decisions about all notifications of an account, newest first. */
    CompletionStage<Page<TraceRow>> traceOfAccount(String accountId, Page.Request page);

    /** Lists the decisions about the notifications that one event has caused, oldest first. */
    CompletionStage<Page<TraceRow>> traceOfEvent(String entityKind, String entityId, long sequence, Page.Request page);
}
