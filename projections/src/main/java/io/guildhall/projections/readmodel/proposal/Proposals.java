package io.guildhall.projections.readmodel.proposal;

import io.guildhall.projections.readmodel.Page;
import java.util.concurrent.CompletionStage;

public interface Proposals {
    /** The latest first. For the job's client only, which the caller checks. */
    CompletionStage<Page<ProposalRow>> ofJob(String jobId, Page.Request page);

    /** The latest first. */
    CompletionStage<Page<ProposalRow>> ofFreelancer(String freelancerId, Page.Request page);
}
