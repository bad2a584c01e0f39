package io.guildhall.projections;

import io.guildhall.kernel.Correlation;
import java.time.Instant;
import java.util.concurrent.CompletionStage;

/**
 * Plans deadlines, which any node of the cluster handles when they are due. What a method does is durable once its stage
 * completes.
 *
 * <p>A deadline that is planned or made due while it is being handled is handled again: the handler may have decided
 * before the reason for the new plan.
 */
public interface Schedule {

    /** Plans a deadline. One that is planned already keeps the earlier of the two times. */
    CompletionStage<Void> plan(Correlation correlation, DeadlineId id, Instant due);

    /**
     * Plans a deadline in a group.
     *
     * @param group the id of an entity whose change can make the deadline due before its time
     */
    CompletionStage<Void> plan(Correlation correlation, DeadlineId id, String group, Instant due);

    /** Makes the planned deadlines of this kind and entity due now, whatever their number. */
    CompletionStage<Void> makeDue(DeadlineKind kind, String entityId);

    /** Makes the planned deadlines of this kind and group due now. */
    CompletionStage<Void> makeGroupDue(DeadlineKind kind, String group);
}
