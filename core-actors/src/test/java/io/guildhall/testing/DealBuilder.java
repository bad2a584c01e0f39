package io.guildhall.testing;

import io.guildhall.domain.contract.Deal;
import io.guildhall.domain.escrow.EscrowDeal;
import io.guildhall.kernel.Money;
import java.util.Optional;

/**
 * Builds the deal of a contract that follows from a proposal, or of an escrow. A test names only the attributes that it
 * depends on.
 */
public final class DealBuilder {
    private String jobId = "job_1";
    private String proposalId = "prp_1";
    private String clientId = "acc_client";
    private String freelancerId = "acc_ann";
    private String title = "A logo";
    private Money price = new Money(10_000, "USD");
    private int feeBasisPoints = 500;

    private DealBuilder() {}

    public static DealBuilder aDeal() {
        return new DealBuilder();
    }

    public DealBuilder about(String job, String proposal) {
        jobId = job;
        proposalId = proposal;
        return this;
    }

    public DealBuilder between(String client, String freelancer) {
        clientId = client;
        freelancerId = freelancer;
        return this;
    }

    public DealBuilder titled(String value) {
        title = value;
        return this;
    }

    public DealBuilder priced(Money value) {
        price = value;
        return this;
    }

    public DealBuilder withFee(int basisPoints) {
        feeBasisPoints = basisPoints;
        return this;
    }

    public Deal build() {
        return new Deal(
                Optional.of(jobId),
                Optional.of(proposalId),
                Optional.empty(),
                clientId,
                freelancerId,
                title,
                price,
                feeBasisPoints,
                Deal.RULES_VERSION);
    }

    /** The deal of the escrow of one milestone, which has this title and price. */
    public EscrowDeal buildEscrow(String contractId, int milestone) {
        return new EscrowDeal(contractId, milestone, title, clientId, freelancerId, price, feeBasisPoints);
    }
}
