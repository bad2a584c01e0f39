package io.guildhall.projections.readmodel.invite;

import io.guildhall.projections.readmodel.Page;
import java.util.concurrent.CompletionStage;

public interface Invites {
    /** Lists the invites that a client has sent, newest first. */
    CompletionStage<Page<InviteRow>> sentBy(String clientId, Page.Request page);

    /** Lists the invites that a freelancer has received, newest first. */
    CompletionStage<Page<InviteRow>> receivedBy(String freelancerId, Page.Request page);
}
