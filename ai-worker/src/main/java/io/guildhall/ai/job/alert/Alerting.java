package io.guildhall.ai.job.alert;

import io.guildhall.ai.job.Running;
import io.guildhall.ai.port.Embedder;
import io.guildhall.port.Alerts;
import io.guildhall.port.Alerts.Match;
import io.guildhall.port.Queries;
import io.guildhall.port.Skills;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorSystem;

/** Tells whoever has saved a search of what is new and meets it, on the nodes with the role {@value Running#ROLE}. */
public final class Alerting {
    private Alerting() {}

    /**
     * How searches are understood, and who is told.
     *
     * @param tell at least once of each match; completes once it is recorded
     */
    public record Parts(
            Alerts alerts,
            Embedder embedder,
            Queries queries,
            Skills skills,
            Function<Match, CompletionStage<?>> tell) {}

    public static void run(ActorSystem<?> system, Parts parts) {
        if (Running.isHere(system)) Running.alone(system, AlertDesk.create(new Round(parts)), "alert-desk");
    }
}
