package io.guildhall.http.route.contact;

import static io.guildhall.domain.account.Role.CLIENT;
import static io.guildhall.domain.account.Role.FREELANCER;

import io.guildhall.actors.Entities;
import io.guildhall.domain.contact.ContactEvidence;
import io.guildhall.domain.contact.ContactEvidence.Kind;
import io.guildhall.domain.gig.Gig;
import io.guildhall.domain.invite.Invite;
import io.guildhall.domain.proposal.Proposal;
import io.guildhall.http.endpoint.Call;
import io.guildhall.http.endpoint.Problem;
import io.guildhall.http.route.AggregateApi;
import io.guildhall.http.route.AggregateReader;
import io.guildhall.http.route.contact.ConversationEndpoints.ConversationFields;
import io.guildhall.projections.readmodel.account.AccountDirectory;
import io.guildhall.projections.readmodel.account.AccountStatus;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/** Finds the other account of a requested conversation, and why the caller can contact it. */
public final class Counterparties {
    private final AccountDirectory directory;
    private final AggregateReader<Gig> gigs;
    private final AggregateReader<Proposal> proposals;
    private final AggregateReader<Invite> invites;

    public Counterparties(Entities entities, AccountDirectory directory) {
        this.directory = directory;
        this.gigs = new AggregateReader<>(entities, Gig.AGGREGATE);
        this.proposals = new AggregateReader<>(entities, Proposal.AGGREGATE);
        this.invites = new AggregateReader<>(entities, Invite.AGGREGATE);
    }

    record Counterparty(String id, ContactEvidence evidence) {}

    /** @throws Problem (also in the stage) if no such account exists, or the caller cannot contact it */
    CompletionStage<Counterparty> find(Call<ConversationFields> call) {
        var fields = call.body();
        var given = Stream.of(fields.accountId(), fields.gigId(), fields.proposalId(), fields.inviteId())
                .flatMap(Optional::stream)
                .toList();
        if (given.size() != 1)
            throw new Problem(422, "one-counterpart", "Send exactly one of accountId, gigId, proposalId and inviteId.");
        var id = given.getFirst();
        if (fields.gigId().isPresent()) return ofGig(call, id);
        if (fields.proposalId().isPresent()) return ofProposal(call, id);
        return fields.inviteId().isPresent() ? ofInvite(call, id) : ofProfile(call, id);
    }

    private CompletionStage<Counterparty> ofGig(Call<?> call, String id) {
        requireClient(call);
        return gigs.read(id, gig -> gig.isVisibleTo(Optional.empty()))
                .thenApply(gig -> new Counterparty(
                        gig.findListing().orElseThrow().freelancerId(), new ContactEvidence(Kind.GIG, id)));
    }

    private CompletionStage<Counterparty> ofProfile(Call<?> call, String id) {
        requireClient(call);
        return directory
                .find(id)
                .thenApply(found ->
                        found.filter(it -> it.status() == AccountStatus.ACTIVE).orElseThrow(AggregateApi::notFound))
                .thenApply(it -> {
                    boolean isCaller = id.equals(call.caller().id());
                    if (!isCaller && !it.roles().contains(FREELANCER.name()))
                        throw new Problem(
                                422,
                                "not-a-freelancer",
                                "The account is not a freelancer. You can contact a client from your proposal or invite.");
                    return new Counterparty(id, new ContactEvidence(Kind.PROFILE, id));
                });
    }

    /** Once it was submitted, client and freelancer can contact each other, whatever its state. */
    private CompletionStage<Counterparty> ofProposal(Call<?> call, String id) {
        var me = call.caller().id();
        return proposals.read(id, it -> it.isVisibleTo(me)).thenApply(proposal -> {
            var bid = proposal.findBid().orElseThrow();
            return new Counterparty(
                    other(me, bid.clientId(), bid.freelancerId()), new ContactEvidence(Kind.PROPOSAL, id));
        });
    }

    /** Once it was sent, client and freelancer can contact each other, whatever its state. */
    private CompletionStage<Counterparty> ofInvite(Call<?> call, String id) {
        var me = call.caller().id();
        return invites.read(id, it -> it.isVisibleTo(me)).thenApply(invite -> {
            var details = invite.findDetails().orElseThrow();
            return new Counterparty(
                    other(me, details.clientId(), details.freelancerId()), new ContactEvidence(Kind.INVITE, id));
        });
    }

    private static String other(String me, String clientId, String freelancerId) {
        return me.equals(clientId) ? freelancerId : clientId;
    }

    private static void requireClient(Call<?> call) {
        if (!call.caller().roles().contains(CLIENT))
            throw new Problem(
                    403,
                    "client-required",
                    "Only clients can contact a freelancer from a gig or profile. As a freelancer, use the proposal or invite.");
    }
}
