package io.guildhall.projections.process;

import static io.guildhall.projections.process.CommandSender.NOTHING;

import io.guildhall.Await;
import io.guildhall.projections.Process;
import io.guildhall.projections.Recorded;
import java.util.List;
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

    /** Makes a process react again to all events of an entity, in their order. */
    void repeat(String process, String entityId) {
        for (var reaction : reactions)
            if (reaction.process().equals(process)
                    && reaction.recorded().entityId().equals(entityId))
                Await.result(reaction.again().get());
    }

    @Override
    public Process apply(Process process) {
        return new ReplacedReactions(process, new ReplacedReactions.Replacement() {
            @Override
            public <E> CompletionStage<?> react(Process.Reaction<E> original, Recorded<E> recorded) {
                reactions.add(new Reaction(process.name(), recorded, () -> original.to(recorded)));
                return isLost.test(process.name(), recorded) ? NOTHING : original.to(recorded);
            }
        });
    }
}
