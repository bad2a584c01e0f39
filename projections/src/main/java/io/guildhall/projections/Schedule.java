package io.guildhall.projections;

import io.guildhall.kernel.Correlation;
import java.time.Instant;
import java.util.concurrent.CompletionStage;

/** Plans deadlines, which any node of the cluster handles when they are due. */
public interface Schedule {

    /**
     * Plans a deadline; does nothing while one of the same kind and key is planned. Durable once the stage completes.
     *
     * @param entityId the entity that the handler sends its command to
     */
    CompletionStage<Void> plan(Correlation correlation, DeadlineKind kind, String key, String entityId, Instant due);

    /** Makes the planned deadlines of this kind whose keys start with the prefix due now. */
    CompletionStage<Void> makeDue(DeadlineKind kind, String keyPrefix);
}
