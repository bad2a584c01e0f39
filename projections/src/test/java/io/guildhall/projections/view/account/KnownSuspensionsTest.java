package io.guildhall.projections.view.account;

import static io.guildhall.projections.view.AccountScenario.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guildhall.Await;
import io.guildhall.domain.account.AccountCommand.LiftSuspension;
import io.guildhall.domain.account.AccountCommand.Suspend;
import io.guildhall.port.SuspendedAccounts;
import io.guildhall.projections.readmodel.account.Suspension;
import io.guildhall.projections.readmodel.account.Suspensions;
import io.guildhall.projections.view.EventStory;
import io.guildhall.projections.view.ViewFixture;
import io.guildhall.testing.SettableClock;
import io.guildhall.testing.TestLoops;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class KnownSuspensionsTest {
    private final ViewFixture fixture = new ViewFixture();
    private final EventStory story = active(new EventStory(), "acc_ann", MAIL);

    @Test
    void knowsSuspensionsFromTheStartAndFollowsThem() {
        execute(story, "acc_ann", new Suspend("acc_root", "Spam"));
        fixture.apply(new AccessView(), story.events());
        try (var known =
                new KnownSuspensions(fixture.readModel.suspensions(), InstantSource.system(), TestLoops.create())) {
            assertThat(known.contains("acc_ann")).isTrue();
            assertThat(known.contains("acc_bob")).isFalse();
            execute(story, "acc_ann", new LiftSuspension("acc_root", "Checked"));
            fixture.apply(new AccessView(), story.events());
            assertThat(known.knownSince("acc_ann")).isPresent();
            Await.until(() -> assertThat(known.contains("acc_ann")).isFalse());
            assertThat(known.knownSince("acc_ann")).isEmpty();
            var lifted = Instant.now();
            execute(story, "acc_ann", new Suspend("acc_root", "Fraud"));
            fixture.apply(new AccessView(), story.events());
            Await.until(() -> assertThat(known.contains("acc_ann")).isTrue());
            assertThat(known.knownSince("acc_ann").orElseThrow()).isAfterOrEqualTo(lifted);
        }
    }

    @Test
    void nodeThatCannotReadThemDoesNotStart() {
        assertThatThrownBy(() -> {
                    try (var _ = new KnownSuspensions(new Unreadable(), InstantSource.system(), TestLoops.create())) {
                        // Not reached.
                    }
                })
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no database");
    }

    /** The last ones that were read still hide pages. */
    @Test
    void areUnknownIfTheyCannotBeReadForHalfAMinute() {
        var suspensions = new Interrupted();
        var clock = new SettableClock();
        try (var known = new KnownSuspensions(suspensions, clock, TestLoops.create())) {
            assertThat(known.areKnown()).isTrue();
            suspensions.isInterrupted = true;
            Await.until(() -> assertThat(suspensions.failures).hasPositiveValue());
            clock.pass(SuspendedAccounts.MAX_AGE);
            assertThat(known.areKnown()).isTrue();
            clock.pass(Duration.ofMillis(1));
            assertThat(known.areKnown()).isFalse();
            assertThat(known.contains("acc_ann")).isTrue();
            suspensions.isInterrupted = false;
            Await.until(() -> assertThat(known.areKnown()).isTrue());
        }
    }

    /** Ann is suspended. */
    private static final class Interrupted implements Suspensions {
        volatile boolean isInterrupted;
        final AtomicInteger failures = new AtomicInteger();

        @Override
        public Set<String> current() {
            if (!isInterrupted) return Set.of("acc_ann");
            failures.incrementAndGet();
            throw new IllegalStateException("no database");
        }

        @Override
        public CompletionStage<Optional<Suspension>> find(String accountId) {
            throw new AssertionError();
        }

        @Override
        public CompletionStage<Map<String, Suspension>> of(List<String> accountIds) {
            throw new AssertionError();
        }
    }

    private static final class Unreadable implements Suspensions {
        @Override
        public Set<String> current() {
            throw new IllegalStateException("no database");
        }

        @Override
        public CompletionStage<Optional<Suspension>> find(String accountId) {
            throw new IllegalStateException("no database");
        }

        @Override
        public CompletionStage<Map<String, Suspension>> of(List<String> accountIds) {
            throw new IllegalStateException("no database");
        }
    }
}
