package io.guildhall.projections.process;

import static io.guildhall.projections.process.UserActions.newId;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.Await;
import io.guildhall.domain.job.Job;
import io.guildhall.domain.job.JobCommand;
import io.guildhall.domain.job.JobEvent;
import io.guildhall.domain.proposal.DeclineReason;
import io.guildhall.domain.proposal.Proposal;
import io.guildhall.projections.Process;
import io.guildhall.projections.Recorded;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Proposals that arrive while the job is being filled. */
class LateProposalsTest {
    private final CompletableFuture<Void> gate = new CompletableFuture<>();

    /** Delays the reaction to every job that starts filling until the gate is opened. */
    private Process withGate(Process process) {
        return new ReplacedReactions(process, this::delayed);
    }

    private <E> CompletionStage<?> delayed(Process.Reaction<E> original, Recorded<E> recorded) {
        return recorded.event() instanceof JobEvent.FillingStarted
                ? gate.thenCompose(_ -> original.to(recorded))
                : original.to(recorded);
    }

    @Test
    void proposalsThatArriveWhileTheJobIsBeingFilledWaitForTheHire() throws Exception {
        try (var fixture = new ProcessFixture(this::withGate)) {
            var users = new UserActions(fixture);
            var client = newId("acc");
            var job = users.postJob(client);
            var proposal = users.propose(newId("acc"), client, job, 500);
            fixture.execute(Job.AGGREGATE, job, new JobCommand.Accept(client, proposal, 1, newId("ctr"), 500));
            // Every process waits behind the job's event in the slice of the job.
            var late = IntStream.range(0, 8)
                    .mapToObj(_ -> users.submitProposal(newId("acc"), client, job, 400))
                    .toList();
            Await.until(() -> assertThat(((Job.Filling) fixture.state(Job.AGGREGATE, job))
                            .proposals()
                            .waiting())
                    .isGreaterThan(1));
            assertThat(late).allMatch(it -> fixture.state(Proposal.AGGREGATE, it) instanceof Proposal.Pending);
            gate.complete(null);
            Await.until(() -> assertThat(fixture.state(Job.AGGREGATE, job)).isInstanceOf(Job.Hired.class));
            // The rest may arrive after the hire.
            for (var it : late)
                assertThat(Await.value(() -> ((Proposal.Declined) fixture.state(Proposal.AGGREGATE, it)).reason()))
                        .isIn(DeclineReason.JOB_FILLED, DeclineReason.JOB_NOT_OPEN);
        }
    }
}
