package io.guildhall.ai.job.alert;

import java.time.Duration;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * Does rounds: one after the other while there is something to do, then one now and then. One in the cluster. Where a model cannot read, searches
 * that are read already go on to tell.
 */
final class AlertCoordinator extends AbstractBehavior<AlertCoordinator.Message> {
    /** Idle, it looks so often; a look costs a few small queries. */
    private static final Duration LOOK = Duration.ofMillis(500);

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    sealed interface Message {}

    private record Look() implements Message {}

    private record MayRead() implements Message {}

    private record Read(boolean wasBusy) implements Message {}

    private record NotRead(Throwable why) implements Message {}

    private record Compared(boolean wasBusy) implements Message {}

    private record NotCompared(Throwable why) implements Message {}

    private final TimerScheduler<Message> timers;
    private final AlertRound round;
    private boolean hasBegun;
    private boolean mayRead = true;
    private boolean hasRead;
    private Duration readingPause = LOOK;
    private Duration comparingPause = LOOK;

    static Behavior<Message> create(AlertRound round) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> new AlertCoordinator(context, timers, round)));
    }

    private AlertCoordinator(ActorContext<Message> context, TimerScheduler<Message> timers, AlertRound round) {
        super(context);
        this.timers = timers;
        this.round = round;
        look();
    }

    @Override
    public Receive<Message> createReceive() {
        return newReceiveBuilder()
                .onMessage(Look.class, _ -> look())
                .onMessage(MayRead.class, _ -> mayRead())
                .onMessage(Read.class, this::read)
                .onMessage(NotRead.class, this::notRead)
                .onMessage(Compared.class, this::compared)
                .onMessage(NotCompared.class, this::notCompared)
                .build();
    }

    private Behavior<Message> look() {
        hasRead = false;
        if (!mayRead) return compare();
        var reading = hasBegun ? round.read() : round.begin().thenApply(_ -> true);
        getContext().pipeToSelf(reading, (busy, why) -> why == null ? new Read(busy) : new NotRead(why));
        return this;
    }

    private Behavior<Message> mayRead() {
        mayRead = true;
        return this;
    }

    private Behavior<Message> read(Read read) {
        hasBegun = true;
        hasRead = read.wasBusy();
        readingPause = LOOK;
        return compare();
    }

    private Behavior<Message> notRead(NotRead failed) {
        warn(readingPause, "saved searches cannot be read now; it is tried again", failed.why());
        readingPause = longer(readingPause);
        mayRead = false;
        timers.startSingleTimer(new MayRead(), readingPause);
        return compare();
    }

    private Behavior<Message> compare() {
        getContext()
                .pipeToSelf(round.compare(), (busy, why) -> why == null ? new Compared(busy) : new NotCompared(why));
        return this;
    }

    private Behavior<Message> compared(Compared compared) {
        comparingPause = LOOK;
        if (compared.wasBusy() || hasRead) return look();
        timers.startSingleTimer(new Look(), LOOK);
        return this;
    }

    private Behavior<Message> notCompared(NotCompared failed) {
        warn(comparingPause, "who has saved searches cannot be told now; it is tried again", failed.why());
        comparingPause = longer(comparingPause);
        timers.startSingleTimer(new Look(), comparingPause);
        return this;
    }

    private void warn(Duration pause, String what, Throwable why) {
        if (pause.equals(LOOK)) getContext().getLog().warn(what, why);
    }

    private static Duration longer(Duration pause) {
        return pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
    }
}
