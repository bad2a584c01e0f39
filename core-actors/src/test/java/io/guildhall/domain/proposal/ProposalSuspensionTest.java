package io.guildhall.domain.proposal;

import static io.guildhall.domain.proposal.Proposal.AGGREGATE;
import static io.guildhall.domain.proposal.ProposalRejection.*;
import static io.guildhall.domain.proposal.ProposalTest.*;
import static io.guildhall.given.Given.NOW;
import static io.guildhall.given.Given.given;

import io.guildhall.domain.proposal.ProposalCommand.*;
import io.guildhall.domain.proposal.ProposalEvent.*;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProposalSuspensionTest {
    private static final Accept ACCEPT = new Accept("job_1", 1, "ctr_1", "A boat", 500);

    @Test
    void isNeitherSubmittedNorRevisedWhileOneSideIsSuspended() {
        given(AGGREGATE).whileSuspended(FREELANCER).when(submit(TERMS)).thenRejected(CALLER_SUSPENDED);
        given(AGGREGATE).whileSuspended(CLIENT).when(submit(TERMS)).thenRejected(COUNTERPART_SUSPENDED);
        var revise = new Revise(FREELANCER, 1, CHEAPER);
        given(AGGREGATE, SUBMITTED)
                .whileSuspended(FREELANCER)
                .when(revise)
                .thenRejected(CALLER_SUSPENDED)
                .whileSuspended(CLIENT)
                .when(revise)
                .thenRejected(COUNTERPART_SUSPENDED)
                .whileSuspended()
                .when(revise)
                .then(REVISED);
    }

    @Test
    void isNeitherShortlistedNorAcceptedWhileOneSideIsSuspended() {
        var ofFreelancer = given(AGGREGATE, SUBMITTED).whileSuspended(FREELANCER);
        ofFreelancer.when(ACCEPT).thenRejected(COUNTERPART_SUSPENDED);
        ofFreelancer.when(new Shortlist(CLIENT)).thenRejected(COUNTERPART_SUSPENDED);
        var ofClient = given(AGGREGATE, SUBMITTED).whileSuspended(CLIENT);
        ofClient.when(ACCEPT).thenRejected(COUNTERPART_SUSPENDED);
        ofClient.when(new Shortlist(CLIENT)).thenRejected(CALLER_SUSPENDED);
        ofClient.whileSuspended().when(ACCEPT).then(ACCEPTED);
    }

    @Test
    void suspendedFreelancerWithdraws() {
        given(AGGREGATE, SUBMITTED)
                .whileSuspended(FREELANCER)
                .when(new Withdraw(FREELANCER))
                .then(WITHDRAWN);
    }

    @Test
    void waitsAgainAfterItsHireHasFailedWhileOneSideIsSuspended() {
        given(AGGREGATE, SUBMITTED, ACCEPTED)
                .whileSuspended(FREELANCER)
                .when(new Reinstate("ctr_1", "timed-out"))
                .then(REINSTATED);
    }

    @Test
    void canBeSubmittedAgainAfterASuspension() {
        given(AGGREGATE, SUBMITTED, new Declined("job_1", CLIENT, FREELANCER, DeclineReason.ACCOUNT_SUSPENDED, NOW))
                .when(submit(TERMS))
                .then(new Resubmitted("job_1", CLIENT, FREELANCER, Optional.of("A boat"), TERMS, 2, NOW));
    }
}
