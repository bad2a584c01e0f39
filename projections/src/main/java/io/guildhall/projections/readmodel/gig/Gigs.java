package io.guildhall.projections.readmodel.gig;

import io.guildhall.projections.readmodel.Page;
import java.util.List;
import java.util.concurrent.CompletionStage;

public interface Gigs {
    /** Returns the gigs with these ids that are active, in any order. */
    CompletionStage<List<GigRow>> active(List<String> ids);

    /** Lists the active gigs of a freelancer, newest first. */
    CompletionStage<Page<GigRow>> activeOf(String freelancerId, Page.Request page);

    /** Lists all gigs of a freelancer, newest first, drafts and archived gigs included. */
    CompletionStage<Page<GigRow>> ofFreelancer(String freelancerId, Page.Request page);
}
