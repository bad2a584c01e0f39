package io.guildhall.testing;

import static io.guildhall.testing.TermsBuilder.someTerms;

import io.guildhall.domain.invite.InviteDetails;
import io.guildhall.domain.invite.Offer;
import io.guildhall.domain.invite.Source;
import java.time.Instant;

/** Builds the details of an invite. A test names only the attributes that it depends on. */
public final class InviteBuilder {
    private Source source = Source.job("job_1", "A logo");
    private String clientId = "acc_client";
    private String freelancerId = "acc_ann";
    private Offer offer = someTerms().buildOffer();
    private Instant expiresAt = Instant.parse("2026-01-08T00:00:00Z");
    private int number = 1;

    private InviteBuilder() {}

    public static InviteBuilder anInvite() {
        return new InviteBuilder();
    }

    public InviteBuilder about(Source value) {
        source = value;
        return this;
    }

    public InviteBuilder from(String client) {
        clientId = client;
        return this;
    }

    public InviteBuilder to(String freelancer) {
        freelancerId = freelancer;
        return this;
    }

    public InviteBuilder offering(Offer value) {
        offer = value;
        return this;
    }

    public InviteBuilder expiringAt(Instant value) {
        expiresAt = value;
        return this;
    }

    public InviteBuilder numbered(int value) {
        number = value;
        return this;
    }

    public InviteDetails build() {
        return new InviteDetails(source, clientId, freelancerId, offer, expiresAt, number);
    }
}
