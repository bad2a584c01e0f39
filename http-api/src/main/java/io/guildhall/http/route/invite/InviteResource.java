package io.guildhall.http.route.invite;

import io.guildhall.domain.gig.GigPackage.Tier;
import io.guildhall.domain.invite.AcceptanceFailure;
import io.guildhall.domain.invite.Invite;
import io.guildhall.domain.invite.InviteDetails;
import io.guildhall.domain.proposal.Terms.MilestoneTerms;
import io.guildhall.http.route.AggregateApi;
import io.guildhall.http.route.profile.UserResource;
import io.guildhall.kernel.Dates;
import io.guildhall.kernel.Money;
import io.guildhall.projections.readmodel.invite.InviteRow;
import io.guildhall.projections.readmodel.invite.InviteStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An invite as its client and its freelancer see it.
 *
 * @param jobId present if the invite is for a job
 * @param gigId present if a package was ordered
 * @param tier of the ordered package
 * @param acceptanceFailure why the last acceptance could not be completed
 * @param contractId present after the acceptance; also the id of the hire
 * @param createdAt when it was sent, or last sent again
 */
public record InviteResource(
        String id,
        Optional<String> jobId,
        Optional<String> gigId,
        Optional<Tier> tier,
        String title,
        UserResource client,
        UserResource freelancer,
        String message,
        Money price,
        int deliveryDays,
        List<MilestoneTerms> milestones,
        Instant expiresAt,
        InviteStatus status,
        Optional<AcceptanceFailure> acceptanceFailure,
        Optional<String> contractId,
        Instant createdAt,
        Instant changedAt) {

    public static InviteResource fromInvite(String id, Invite invite) {
        return switch (invite) {
            case Invite.NotCreated _ -> throw AggregateApi.notFound();
            case Invite.Pending it ->
                create(
                        id,
                        it.details(),
                        it.dates(),
                        InviteStatus.SENT,
                        it.lastFailure().map(Invite.FailedHire::reason),
                        Optional.empty());
            case Invite.Accepted it ->
                create(
                        id,
                        it.details(),
                        it.dates(),
                        InviteStatus.ACCEPTED,
                        Optional.empty(),
                        Optional.of(it.contractId()));
            case Invite.Ended it ->
                create(id, it.details(), it.dates(), status(it.end()), Optional.empty(), Optional.empty());
        };
    }

    private static InviteStatus status(Invite.End end) {
        return switch (end) {
            case DECLINED -> InviteStatus.DECLINED;
            case WITHDRAWN -> InviteStatus.WITHDRAWN;
            case EXPIRED -> InviteStatus.EXPIRED;
            case REFUSED -> InviteStatus.REFUSED;
        };
    }

    /** The invite in a list. */
    public static InviteResource fromRow(InviteRow row) {
        var dates = new Dates(row.sentAt(), row.changedAt());
        return create(row.id(), row.details(), dates, row.status(), row.acceptanceFailure(), row.contractId());
    }

    private static InviteResource create(
            String id,
            InviteDetails details,
            Dates dates,
            InviteStatus status,
            Optional<AcceptanceFailure> acceptanceFailure,
            Optional<String> contractId) {
        return new InviteResource(
                id,
                details.source().jobId(),
                details.source().gigId(),
                details.source().tier(),
                details.source().title(),
                UserResource.of(details.clientId()),
                UserResource.of(details.freelancerId()),
                details.offer().message(),
                details.offer().price(),
                details.offer().deliveryDays(),
                details.offer().milestones(),
                details.expiresAt(),
                status,
                acceptanceFailure,
                contractId,
                dates.createdAt(),
                dates.changedAt());
    }
}
