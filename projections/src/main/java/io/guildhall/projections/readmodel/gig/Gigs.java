package io.guildhall.projections.readmodel.gig;

import io.guildhall.projections.readmodel.Page;
import java.util.List;
import java.util.concurrent.CompletionStage;

public interface Gigs {
    /** Those of these gigs that are on offer, in no order. */
    CompletionStage<List<GigRow>> active(List<String> ids);

    /** What a freelancer has on offer, the latest posted first. */
    CompletionStage<Page<GigRow>> activeOf(String freelancerId, Page.Request page);

    /** All that a freelancer has posted, the latest first, drafts and archived ones included. */
    CompletionStage<Page<GigRow>> ofFreelancer(String freelancerId, Page.Request page);
}
