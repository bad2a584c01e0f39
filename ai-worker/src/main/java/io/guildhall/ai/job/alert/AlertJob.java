package io.guildhall.ai.job.alert;

import io.guildhall.ai.job.JobRunner;
import io.guildhall.ai.port.Embedder;
import io.guildhall.background.BackgroundLoops;
import io.guildhall.port.Alerts;
import io.guildhall.port.Alerts.Match;
import io.guildhall.port.QueryInterpreter;
import io.guildhall.port.Skills;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * Sends alerts for new documents that match saved searches. Runs on the nodes with the role {@value JobRunner#ROLE}.
 */
public final class AlertJob {
    private AlertJob() {}

    /**
     * What the job depends on.
     *
     * @param send called at least once for each match; completes when the match is recorded
     */
    public record Parts(
            Alerts alerts,
            Embedder embedder,
            QueryInterpreter interpreter,
            Skills skills,
            Function<Match, CompletionStage<?>> send) {}

    public static void start(ActorSystem<?> system, BackgroundLoops loops, Parts parts) {
        if (JobRunner.isAiNode(system))
            JobRunner.startSingleton(system, () -> AlertLoops.start(loops, new AlertRound(parts)), "alert-coordinator");
    }
}
