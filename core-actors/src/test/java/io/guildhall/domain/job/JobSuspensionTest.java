package io.guildhall.domain.job;

import static io.guildhall.domain.job.Job.AGGREGATE;
import static io.guildhall.domain.job.JobRejection.*;
import static io.guildhall.domain.job.JobTest.*;
import static io.guildhall.given.Given.NOW;
import static io.guildhall.given.Given.given;

import io.guildhall.domain.job.JobCommand.*;
import io.guildhall.domain.job.JobEvent.*;
import io.guildhall.domain.proposal.Proposal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JobSuspensionTest {
    @Test
    void suspendedClientStartsNothingNew() {
        given(AGGREGATE)
                .whileSuspended(CLIENT)
                .when(new Post(CLIENT, BOAT, true))
                .thenRejected(CALLER_SUSPENDED);
        var draft = given(AGGREGATE, POSTED).whileSuspended(CLIENT);
        draft.when(new Publish(CLIENT)).thenRejected(CALLER_SUSPENDED);
        draft.when(new Edit(CLIENT, 1, SHIP)).thenRejected(CALLER_SUSPENDED);
        var open = given(AGGREGATE, POSTED, PUBLISHED, COUNTED).whileSuspended(CLIENT);
        open.when(accept("p1", 1, "ctr_1")).thenRejected(CALLER_SUSPENDED);
        open.when(take("ctr_1")).thenRejected(COUNTERPART_SUSPENDED);
    }

    @Test
    void clientDoesNotAcceptTheProposalOfSuspendedFreelancer() {
        given(AGGREGATE, POSTED, PUBLISHED, COUNTED)
                .whileSuspended("acc_ann")
                .when(accept(Proposal.id("job_1", "acc_ann"), 1, "ctr_1"))
                .thenRejected(COUNTERPART_SUSPENDED)
                .when(accept(Proposal.id("job_1", "acc_bob"), 1, "ctr_1"))
                .then(new FillingStarted(
                        Optional.of(Proposal.id("job_1", "acc_bob")),
                        Optional.empty(),
                        1,
                        "ctr_1",
                        CLIENT,
                        BOAT.title(),
                        Optional.of(500),
                        NOW));
    }

    @Test
    void suspendedClientFinishesRunningHires() {
        given(AGGREGATE, POSTED, PUBLISHED, COUNTED)
                .whileSuspended(CLIENT)
                .when(new Close(CLIENT, "no time"))
                .then(new Closed("no time", List.of(), NOW));
        given(AGGREGATE, POSTED, PUBLISHED, COUNTED, FILLING)
                .whileSuspended(CLIENT)
                .when(new ConfirmHire("ctr_1"))
                .then(HIRED)
                .when(new Complete("ctr_1"))
                .then(new Completed("ctr_1", NOW));
    }

    /**
     * They were submitted before the suspension: a suspended freelancer cannot submit, and a suspended client receives
     * nothing.
     */
    @Test
    void receivesProposalsThatWereSubmittedBeforeASuspension() {
        given(AGGREGATE, POSTED, PUBLISHED)
                .whileSuspended(CLIENT, "acc_of_p1")
                .when(receive("p1", 1, 1))
                .then(new ProposalsCounted(1, 1, NOW));
    }

    /** A process repeats commands: what was accepted before the suspension stays accepted. */
    @Test
    void acceptsRepeatedCommands() {
        given(AGGREGATE, POSTED, PUBLISHED, COUNTED, FILLING)
                .whileSuspended(CLIENT, "acc_of_p1")
                .when(accept("p1", 1, "ctr_1"))
                .thenNothingChanges()
                .when(receive("p1", 1, 1))
                .thenNothingChanges();
    }

    @Test
    void otherRejectionsComeFirst() {
        given(AGGREGATE, POSTED, PUBLISHED)
                .whileSuspended(STRANGER)
                .when(new Publish(STRANGER))
                .thenRejected(NOT_YOURS);
    }
}
