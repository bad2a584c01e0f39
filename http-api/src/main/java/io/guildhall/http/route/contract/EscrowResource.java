package io.guildhall.http.route.contract;

import io.guildhall.domain.escrow.Escrow;
import io.guildhall.domain.escrow.EscrowDeal;
import io.guildhall.domain.escrow.PendingCall;
import io.guildhall.domain.escrow.Settlement;
import io.guildhall.http.route.AggregateApi;
import io.guildhall.kernel.Money;
import java.time.Instant;
import java.util.Optional;

/**
 * The escrow of one milestone, as the client and the freelancer see it.
 *
 * @param refund of a split, the part that the client gets back
 * @param fee the platform's share of what is released
 * @param net what is released less the fee
 * @param declinedAttempts the number of declined charges, until one succeeds
 * @param lastDecline the last declined charge, while the client can try another card; for the client only
 * @param pending the progress of the current call to the payment provider
 * @param paymentId the payment's id at the provider, while the client has to confirm it; for the client only
 * @param clientSecret the secret with which the client's browser confirms the payment at the provider; for the client
 *     only
 */
public record EscrowResource(
        String id,
        String contractId,
        int milestone,
        Status status,
        Money amount,
        Optional<Money> refund,
        Money fee,
        Money net,
        int declinedAttempts,
        Optional<PaymentDecline> lastDecline,
        Optional<PendingCall.Status> pending,
        Optional<String> paymentId,
        Optional<String> clientSecret) {
    public enum Status {
        OPENED,
        FUNDING,
        HELD,
        RELEASING,
        RELEASED,
        REFUNDING,
        REFUNDED,
        SPLITTING,
        SPLIT,
        CANCELLED
    }

    /** @param code the payment provider's reason, such as {@code insufficient_funds} */
    public record PaymentDecline(String code, Instant at) {}

    static EscrowResource forReader(String readerId, Escrow escrow) {
        return switch (escrow) {
            case Escrow.NotCreated _ -> throw AggregateApi.notFound();
            case Escrow.Open it -> open(readerId, it);
            case Escrow.Funding it -> funding(readerId, it);
            case Escrow.Held it -> create(it.deal(), Status.HELD, 0, Optional.empty());
            case Escrow.Releasing it ->
                create(it.deal(), Status.RELEASING, 0, Optional.of(it.transfer().status()));
            case Escrow.Released it -> create(it.deal(), Status.RELEASED, 0, Optional.empty());
            case Escrow.Refunding it ->
                create(it.deal(), Status.REFUNDING, 0, Optional.of(it.refund().status()));
            case Escrow.Refunded it -> create(it.deal(), Status.REFUNDED, 0, Optional.empty());
            case Escrow.Splitting it -> split(it);
            case Escrow.Split it ->
                create(it.deal(), Status.SPLIT, 0, Optional.empty()).divided(it.deal(), it.settlement());
            case Escrow.Redirecting it ->
                create(
                                it.split().deal(),
                                Status.SPLITTING,
                                0,
                                Optional.of(it.call().status()))
                        .divided(it.split().deal(), it.split().settlement());
            case Escrow.Redirected it -> redirected(it);
            case Escrow.Cancelled it -> create(it.deal(), Status.CANCELLED, it.attempts(), Optional.empty());
        };
    }

    private static EscrowResource open(String readerId, Escrow.Open escrow) {
        var lastDecline = escrow.lastDecline()
                .filter(_ -> escrow.deal().clientId().equals(readerId))
                .map(it -> new PaymentDecline(it.code(), it.at()));
        return create(escrow.deal(), Status.OPENED, escrow.attempts(), Optional.empty())
                .forClient(lastDecline, Optional.empty(), Optional.empty());
    }

    private static EscrowResource funding(String readerId, Escrow.Funding escrow) {
        var charge = escrow.charge();
        // A dropped charge is being cancelled.
        var status = escrow.drop().isPresent() ? PendingCall.Status.REQUESTED : charge.status();
        var resource = create(escrow.deal(), Status.FUNDING, charge.attempt() - 1, Optional.of(status));
        boolean mustConfirm = status == PendingCall.Status.ACTION_REQUIRED
                && escrow.deal().clientId().equals(readerId);
        return mustConfirm
                ? resource.forClient(Optional.empty(), Optional.of(charge.detail()), Optional.of(escrow.clientSecret()))
                : resource;
    }

    /** Shows the progress of the part that is not moved yet; the refund first. */
    private static EscrowResource split(Escrow.Splitting escrow) {
        var pending = escrow.refundId().isPresent() ? escrow.transfer() : escrow.refund();
        return create(escrow.deal(), Status.SPLITTING, 0, Optional.of(pending.status()))
                .divided(escrow.deal(), escrow.settlement());
    }

    /** Two releases have each a rounded fee. */
    private static EscrowResource redirected(Escrow.Redirected escrow) {
        var deal = escrow.deal();
        return escrow.last().goesToClient()
                ? create(deal, Status.REFUNDED, 0, Optional.empty())
                : create(deal, Status.RELEASED, 0, Optional.empty())
                        .divided(Optional.empty(), escrow.fee(), deal.amount().minus(escrow.fee()));
    }

    private EscrowResource divided(EscrowDeal deal, Settlement settlement) {
        return divided(
                Optional.of(settlement.refund()),
                settlement.fee(deal.feeBasisPoints()),
                settlement.net(deal.feeBasisPoints()));
    }

    private EscrowResource divided(Optional<Money> refundedPart, Money platformFee, Money payout) {
        return new EscrowResource(
                id,
                contractId,
                milestone,
                status,
                amount,
                refundedPart,
                platformFee,
                payout,
                declinedAttempts,
                lastDecline,
                pending,
                paymentId,
                clientSecret);
    }

    private static EscrowResource create(
            EscrowDeal deal, Status status, int declinedAttempts, Optional<PendingCall.Status> pending) {
        return new EscrowResource(
                Escrow.id(deal.contractId(), deal.milestone()),
                deal.contractId(),
                deal.milestone(),
                status,
                deal.amount(),
                Optional.empty(),
                deal.fee(),
                deal.net(),
                declinedAttempts,
                Optional.empty(),
                pending,
                Optional.empty(),
                Optional.empty());
    }

    private EscrowResource forClient(
            Optional<PaymentDecline> decline, Optional<String> payment, Optional<String> secret) {
        return new EscrowResource(
                id,
                contractId,
                milestone,
                status,
                amount,
                refund,
                fee,
                net,
                declinedAttempts,
                decline,
                pending,
                payment,
                secret);
    }
}
