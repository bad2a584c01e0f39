package io.guildhall.projections.readmodel;

import java.util.concurrent.CompletionStage;

public interface Notifications {
    /** The latest first. */
    CompletionStage<Page<NotificationRow>> ofAccount(String accountId, Page.Request page);
}
