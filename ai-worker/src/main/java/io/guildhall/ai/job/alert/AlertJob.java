package io.guildhall.ai.job.alert;

import io.guildhall.ai.job.JobRunner;
import io.guildhall.background.BackgroundLoops;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * Sends alerts for new documents that match saved searches. Runs on the nodes with the role {@value JobRunner#ROLE}.
 */
public final class AlertJob {
    private AlertJob() {}

    public static void start(ActorSystem<?> system, BackgroundLoops loops, AlertDependencies dependencies) {
        if (JobRunner.isAiNode(system))
            JobRunner.startSingleton(
                    system, () -> AlertLoops.start(loops, new AlertRound(dependencies)), "alert-coordinator");
    }
}
