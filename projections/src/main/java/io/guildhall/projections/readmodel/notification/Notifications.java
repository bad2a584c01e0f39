package io.guildhall.projections.readmodel.notification;

import io.guildhall.projections.readmodel.Page;
import java.util.concurrent.CompletionStage;

public interface Notifications {
    /** Lists the notifications of an account, newest first. */
    CompletionStage<Page<NotificationRow>> ofAccount(String accountId, Page.Request page);
}
