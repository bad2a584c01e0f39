package io.guildhall.projections.readmodel.contract;

import io.guildhall.projections.readmodel.Page;
import java.util.concurrent.CompletionStage;

/** Releases to suspended freelancers, which wait for an admin's decision. */
public interface HeldReleases {
    /** Lists what waits now, oldest first. */
    CompletionStage<Page<HeldReleaseRow>> waiting(Page.Request page);
}
