package io.guildhall.projections.readmodel.invite;

import io.guildhall.projections.readmodel.Page;
import java.util.concurrent.CompletionStage;

public interface Invites {
    /** What a client has sent, the latest first. */
    CompletionStage<Page<InviteRow>> sentBy(String clientId, Page.Request page);

    /** What a freelancer has received, the latest first. */
    CompletionStage<Page<InviteRow>> receivedBy(String freelancerId, Page.Request page);
}
