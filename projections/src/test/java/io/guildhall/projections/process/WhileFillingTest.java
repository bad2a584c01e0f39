package io.guildhall.projections.process;

import static io.guildhall.projections.process.Players.mint;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.Await;
import io.guildhall.domain.job.Job;
import io.guildhall.domain.job.JobCommand;
import io.guildhall.domain.job.JobEvent;
import io.guildhall.domain.proposal.DeclineReason;
import io.guildhall.domain.proposal.Proposal;
import io.guildhall.port.PaymentGateway.Standing;
import io.guildhall.projections.Process;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Proposals that arrive between the click and the hire. */
class WhileFillingTest {
    private final CompletableFuture<Void> gate = new CompletableFuture<>();

    /** Keeps every job that starts filling where it is until the gate opens. */
    private Process gated(Process process) {
        return new Process() {
            @Override
            public String name() {
                return process.name();
            }

            @Override
            public List<On<?>> follows() {
                return process.follows().stream().<On<?>>map(this::slow).toList();
            }

            private <E> On<E> slow(On<E> on) {
                return Process.on(
                        on.aggregate(),
                        recorded -> recorded.event() instanceof JobEvent.FillingStarted
                                ? gate.thenCompose(_ -> on.reaction().to(recorded))
                                : on.reaction().to(recorded));
            }
        };
    }

    @Test
    void whatArrivesWhileTheJobIsBeingFilledIsDeclinedAndNeverLeftHanging() throws Exception {
        try (var house = new House(this::gated)) {
            var people = new Players(house);
            var client = mint("acc");
            var job = people.job(client);
            var proposal = people.proposes(people.freelancer(Standing.VERIFIED), client, job, 500);
            var freelancers = IntStream.range(0, 8)
                    .mapToObj(_ -> people.freelancer(Standing.VERIFIED))
                    .toList();
            house.done(Job.AGGREGATE, job, new JobCommand.Accept(client, proposal, 1, mint("ctr")));
            var late = freelancers.stream()
                    .map(it -> people.submits(it, client, job, 400))
                    .toList();
            // Those that share a slice with the job wait behind it; the others have their answer at once.
            Await.until(() ->
                    assertThat(late).anyMatch(it -> house.state(Proposal.AGGREGATE, it) instanceof Proposal.Declined));
            assertThat(house.state(Job.AGGREGATE, job)).isInstanceOf(Job.Filling.class);
            gate.complete(null);
            for (var it : late)
                assertThat(Await.value(() -> ((Proposal.Declined) house.state(Proposal.AGGREGATE, it)).reason()))
                        .isEqualTo(DeclineReason.JOB_NOT_OPEN);
            Await.until(() -> assertThat(house.state(Job.AGGREGATE, job)).isInstanceOf(Job.Hired.class));
        }
    }
}
