package io.guildhall.projections.readmodel.contract;

import io.guildhall.projections.readmodel.Page;
import java.util.concurrent.CompletionStage;

public interface Contracts {
    /** Lists the contracts of an account as client or freelancer, newest first. */
    CompletionStage<Page<ContractRow>> ofParty(String accountId, Page.Request page);

    /** Lists the funded milestones that are neither accepted nor settled, longest held first. */
    CompletionStage<Page<HeldMilestoneRow>> heldMilestones(Page.Request page);
}
