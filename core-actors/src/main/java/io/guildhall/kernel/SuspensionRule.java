package io.guildhall.kernel;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The rule for suspended accounts, as one aggregate applies it: a suspended account cannot start anything new, and no
 * account can start anything new with it. {@link Aggregate#decide(Object, Object, java.time.Instant, Predicate)}
 * applies it to every command, whether a request or a process has sent it.
 *
 * @param parties the accounts that take part in what a command starts; empty for a command that starts nothing new
 * @param callerSuspended the rejection if the account that sends the command is suspended
 * @param counterpartySuspended the rejection if another one is
 */
public record SuspensionRule<S, C, R>(FindParties<S, C> parties, R callerSuspended, R counterpartySuspended) {

    @FunctionalInterface
    public interface FindParties<S, C> {
        Optional<Parties> of(S state, C command);
    }

    /**
     * @param caller the account that sends the command; empty if a process sends it
     * @param counterparties the other accounts
     */
    public record Parties(Optional<String> caller, List<String> counterparties) {
        public Parties {
            counterparties = List.copyOf(counterparties);
        }

        public static Optional<Parties> caller(String caller, String... counterparties) {
            return Optional.of(new Parties(Optional.of(caller), List.of(counterparties)));
        }

        /** The parties of a command that a process sends. */
        public static Optional<Parties> of(String... accounts) {
            return Optional.of(new Parties(Optional.empty(), List.of(accounts)));
        }

        /** The parties of a command that starts nothing new. */
        public static Optional<Parties> none() {
            return Optional.empty();
        }
    }

    Optional<R> check(S state, C command, Predicate<String> isSuspended) {
        return parties.of(state, command)
                .flatMap(it -> Stream.concat(
                                it.caller.filter(isSuspended).map(_ -> callerSuspended).stream(),
                                it.counterparties.stream().filter(isSuspended).map(_ -> counterpartySuspended))
                        .findFirst());
    }
}
