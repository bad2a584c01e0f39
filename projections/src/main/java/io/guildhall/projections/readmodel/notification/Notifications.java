package io.guildhall.projections.readmodel.notification;

import io.guildhall.projections.readmodel.Page;
import java.util.concurrent.CompletionStage;

public interface Notifications {
    /** The latest first. */
    CompletionStage<Page<NotificationRow>> ofAccount(String accountId, Page.Request page);
}
