package io.guildhall.projections.process.hire;

import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.domain.proposal.ProposalRejection;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HireFailureCodesTest {
    /** Stored in the journal and returned by the API, whatever the constants are named. */
    @Test
    void codesNeverChange() {
        assertThat(Stream.of(ProposalRejection.values()).map(HireSteps::code).distinct())
                .containsExactlyInAnyOrder(
                        "not-submitted",
                        "not-yours",
                        "own-job",
                        "payout-not-ready",
                        "already-submitted",
                        "milestones-do-not-add-up",
                        "milestones-too-long",
                        "currency-fixed",
                        "changed-meanwhile",
                        "already-accepted",
                        "already-declined",
                        "already-withdrawn",
                        "account-suspended");
    }
}
