package io.guildhall.domain.contract;

import static io.guildhall.domain.contract.Contract.AGGREGATE;
import static io.guildhall.domain.contract.ContractTest.*;
import static io.guildhall.domain.contract.SilenceTest.*;
import static io.guildhall.given.Given.NOW;
import static io.guildhall.given.Given.given;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.guildhall.domain.contract.ContractCommand.*;
import io.guildhall.kernel.Decision.Accepted;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Whatever the client does, submitted work is settled within a bounded time, unless the client returns it to the freelancer. */
class SubmittedWorkTest {
    private static final EscrowRules RULES = EscrowRules.STANDARD;
    private static final Duration STEP = Duration.ofHours(6);
    /** The period, and for each request its period and the days by which the rest of the period is rounded up. */
    private static final int MAX_DAYS = RULES.acceptanceDays() + RULES.refundRequestLimit() * (RULES.refundDays() + 2);

    private Contract contract =
            given(AGGREGATE, WITH_RULES, FUNDED, SUBMITTED, STARTED).state();
    private Instant now = NOW;

    private void execute(ContractCommand command) {
        if (contract.decide(command, now) instanceof Accepted<ContractEvent, ContractRejection>(var events))
            for (var event : events) contract = contract.evolve(event);
    }

    private HeldMoney money() {
        return contract.findDetails().orElseThrow().held(1);
    }

    private boolean isSubmitted() {
        return contract.findDetails()
                        .flatMap(it -> it.milestone(1))
                        .orElseThrow()
                        .status()
                == Milestone.Status.SUBMITTED;
    }

    /** Runs what is due, as the process does; every warning is sent. */
    private void runSilence() {
        while (money().silence().filter(it -> !now.isBefore(it.nextStepAt())).isPresent()) {
            var period = money().silence().orElseThrow();
            if (period.nextWarning().isEmpty()) {
                execute(new EndSilence(1, period.number()));
                return;
            }
            int days = period.nextWarning().get();
            execute(new IssueWarning(1, period.number(), days));
            execute(new RecordWarningTold(1, period.number(), days));
        }
    }

    /** A client who requests refunds repeatedly; empty means that the client waits. */
    @Property(tries = 500)
    void isSettledInTime(@ForAll("actions") List<Optional<Action>> actions) {
        for (var action : actions) {
            action.ifPresent(this::act);
            now = now.plus(STEP);
            runSilence();
        }
        while (isSubmitted() && !now.isAfter(limit())) {
            now = now.plus(STEP);
            runSilence();
        }
        assertTrue(!isSubmitted(), () -> "still submitted on " + now + ": " + money());
    }

    enum Action {
        REQUEST,
        REQUEST_LESS,
        WITHDRAW
    }

    private void act(Action action) {
        execute(
                switch (action) {
                    case REQUEST -> new RequestRefund(CLIENT, 1, Optional.of(20L), "too late");
                    case REQUEST_LESS -> new RequestRefund(CLIENT, 1, Optional.of(1L), "a cent");
                    case WITHDRAW -> new WithdrawRefund(CLIENT, 1, money().requests());
                });
    }

    private static Instant limit() {
        return NOW.plus(Duration.ofDays(MAX_DAYS));
    }

    @Provide
    Arbitrary<List<Optional<Action>>> actions() {
        return Arbitraries.frequencyOf(
                        Tuple.of(30, Arbitraries.just(Optional.<Action>empty())),
                        Tuple.of(3, Arbitraries.of(Action.values()).map(Optional::of)))
                .list()
                .ofMaxSize((int) (Duration.ofDays(MAX_DAYS).toHours() / STEP.toHours()));
    }

    /** Requests a cent just before the end, and withdraws just before the freelancer's silence agrees. */
    @Example
    void isSettledInTimeAgainstTheSlowestClient() {
        while (isSubmitted() && !now.isAfter(limit())) {
            var end = money().silence().orElseThrow().endsAt();
            if (!now.plus(STEP).isBefore(end))
                act(money().request().isPresent() ? Action.WITHDRAW : Action.REQUEST_LESS);
            now = now.plus(STEP);
            runSilence();
        }
        assertTrue(!isSubmitted(), () -> "still submitted on " + now + ": " + money());
        assertNotEquals(0, money().requests());
    }
}
