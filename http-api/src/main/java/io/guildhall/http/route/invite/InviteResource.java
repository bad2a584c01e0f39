package io.guildhall.http.route.invite;

import io.guildhall.domain.gig.GigPackage.Tier;
import io.guildhall.domain.invite.AcceptanceFailure;
import io.guildhall.domain.invite.Invite;
import io.guildhall.domain.invite.InviteDetails;
import io.guildhall.domain.proposal.Terms.MilestoneTerms;
import io.guildhall.http.route.AggregateApi;
import io.guildhall.kernel.Money;
import io.guildhall.projections.readmodel.invite.InviteRow;
import io.guildhall.projections.readmodel.invite.InviteStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An invite as its two sides see it.
 *
 * @param jobId where it is for a job
 * @param gigId where a package was ordered, with its tier
 * @param refused why the last acceptance came to nothing
 * @param contractId of what follows from the acceptance, once it is drawn
 */
public record InviteResource(
        String id,
        Optional<String> jobId,
        Optional<String> gigId,
        Optional<Tier> tier,
        String title,
        String clientId,
        String freelancerId,
        String message,
        Money price,
        int deliveryDays,
        List<MilestoneTerms> milestones,
        Instant expiresAt,
        InviteStatus status,
        Optional<AcceptanceFailure> refused,
        Optional<String> contractId) {

    static InviteResource of(String id, Invite invite) {
        return switch (invite) {
            case Invite.NotCreated _ -> throw AggregateApi.notFound();
            case Invite.Pending it -> of(id, it.details(), InviteStatus.SENT, it.lastFailure(), Optional.empty());
            case Invite.Accepted it ->
                of(id, it.details(), InviteStatus.ACCEPTED, Optional.empty(), Optional.of(it.contractId()));
            case Invite.Ended it -> of(id, it.details(), status(it.end()), Optional.empty(), Optional.empty());
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

    static InviteResource of(InviteRow row) {
        return of(row.id(), row.details(), row.status(), row.refused(), row.contractId());
    }

    private static InviteResource of(
            String id,
            InviteDetails it,
            InviteStatus status,
            Optional<AcceptanceFailure> refused,
            Optional<String> contractId) {
        return new InviteResource(
                id,
                it.source().jobId(),
                it.source().gigId(),
                it.source().tier(),
                it.source().title(),
                it.clientId(),
                it.freelancerId(),
                it.offer().message(),
                it.offer().price(),
                it.offer().deliveryDays(),
                it.offer().milestones(),
                it.expiresAt(),
                status,
                refused,
                contractId);
    }
}
