package io.guildhall.projections.readmodel.proposal;

import io.guildhall.projections.readmodel.Page;
import java.util.concurrent.CompletionStage;

public interface Proposals {
    /** Lists the proposals for a job, newest first. The caller checks that the reader is the job's client. */
    CompletionStage<Page<ProposalRow>> ofJob(String jobId, Page.Request page);

    /** Lists the proposals of a freelancer, newest first. */
    CompletionStage<Page<ProposalRow>> ofFreelancer(String freelancerId, Page.Request page);
}
