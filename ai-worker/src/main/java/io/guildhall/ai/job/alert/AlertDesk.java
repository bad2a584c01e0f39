package io.guildhall.ai.job.alert;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/** Does rounds: one after the other while there is something to do, then one now and then. One in the cluster. */
final class AlertDesk extends AbstractBehavior<AlertDesk.Message> {
    /** Idle, it looks so often; a look costs three small queries. */
    private static final Duration LOOK = Duration.ofMillis(500);

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    sealed interface Message {}

    private record Look() implements Message {}

    private record Begun() implements Message {}

    private record Looked(boolean wasBusy) implements Message {}

    private record Failed(Throwable why) implements Message {}

    private final TimerScheduler<Message> timers;
    private final Round round;
    private boolean hasBegun;
    private Duration pause = LOOK;

    static Behavior<Message> create(Round round) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> new AlertDesk(context, timers, round)));
    }

    private AlertDesk(ActorContext<Message> context, TimerScheduler<Message> timers, Round round) {
        super(context);
        this.timers = timers;
        this.round = round;
        look();
    }

    @Override
    public Receive<Message> createReceive() {
        return newReceiveBuilder()
                .onMessage(Look.class, _ -> look())
                .onMessage(Begun.class, _ -> begun())
                .onMessage(Looked.class, this::looked)
                .onMessage(Failed.class, this::failed)
                .build();
    }

    private Behavior<Message> look() {
        if (hasBegun) await(round.run().thenApply(Looked::new));
        else await(round.begin().thenApply(_ -> new Begun()));
        return this;
    }

    private void await(CompletionStage<? extends Message> outcome) {
        getContext().pipeToSelf(outcome, (it, why) -> why == null ? it : new Failed(why));
    }

    private Behavior<Message> begun() {
        hasBegun = true;
        return look();
    }

    private Behavior<Message> looked(Looked looked) {
        pause = LOOK;
        if (looked.wasBusy()) return look();
        timers.startSingleTimer(new Look(), LOOK);
        return this;
    }

    private Behavior<Message> failed(Failed failed) {
        if (pause.equals(LOOK))
            getContext().getLog().warn("who has saved searches cannot be told now; it is tried again", failed.why());
        pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
        timers.startSingleTimer(new Look(), pause);
        return this;
    }
}
