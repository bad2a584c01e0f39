package io.guildhall.projections.readmodel;

import java.util.concurrent.CompletionStage;

public interface Jobs {
    /** What anybody may apply for, the latest published first. */
    CompletionStage<Page<JobRow>> open(JobFilter filter, Page.Request page);

    /** All that a client has posted, the latest first, drafts included. */
    CompletionStage<Page<JobRow>> ofClient(String clientId, Page.Request page);
}
