package io.guildhall.projections.process;

import static io.guildhall.projections.process.CommandSender.NOTHING;

import io.guildhall.projections.DeadlineHandler;
import io.guildhall.projections.DeadlineKind;
import io.guildhall.projections.Process;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.Start;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiPredicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Loses chosen reactions, as if an operator had dropped the event, and remembers all of them to repeat them later. */
final class LossyProcesses implements UnaryOperator<Process> {
    /** Tells by the name of the process and the event which reaction is lost. */
    volatile BiPredicate<String, Recorded<?>> isLost = (_, _) -> false;

    /** A reaction that has taken place or was lost, and can take place again. */
    record Reaction(String process, Recorded<?> recorded, Supplier<CompletionStage<?>> again) {}

    final List<Reaction> reactions = new CopyOnWriteArrayList<>();

    @Override
    public Process apply(Process process) {
        return new Process() {
            @Override
            public Start start() {
                return process.start();
            }

            @Override
            public String name() {
                return process.name();
            }

            @Override
            public List<Subscription<?>> follows() {
                return process.follows().stream()
                        .<Subscription<?>>map(it -> lossy(process.name(), it))
                        .toList();
            }

            @Override
            public Map<DeadlineKind, DeadlineHandler> deadlines() {
                return process.deadlines();
            }
        };
    }

    private <E> Process.Subscription<E> lossy(String process, Process.Subscription<E> on) {
        return Process.on(on.aggregate(), recorded -> {
            reactions.add(new Reaction(process, recorded, () -> on.reaction().to(recorded)));
            return isLost.test(process, recorded) ? NOTHING : on.reaction().to(recorded);
        });
    }
}
