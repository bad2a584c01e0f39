package io.guildhall.ai.job.alert;

import io.guildhall.ai.job.JobRunner;
import io.guildhall.ai.port.Embedder;
import io.guildhall.port.Alerts;
import io.guildhall.port.Alerts.Match;
import io.guildhall.port.QueryInterpreter;
import io.guildhall.port.Skills;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorSystem;

/** Tells whoever has saved a search of what is new and meets it, on the nodes with the role {@value JobRunner#ROLE}. */
public final class AlertJob {
    private AlertJob() {}

    /**
     * How searches are understood, and who is told.
     *
     * @param tell at least once of each match; completes once it is recorded
     */
    public record Parts(
            Alerts alerts,
            Embedder embedder,
            QueryInterpreter queries,
            Skills skills,
            Function<Match, CompletionStage<?>> tell) {}

    public static void run(ActorSystem<?> system, Parts parts) {
        if (JobRunner.isHere(system))
            JobRunner.alone(system, AlertCoordinator.create(new AlertRound(parts)), "alert-desk");
    }
}
