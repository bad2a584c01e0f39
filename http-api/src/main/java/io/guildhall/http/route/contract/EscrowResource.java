package io.guildhall.http.route.contract;

import io.guildhall.domain.escrow.Escrow;
import io.guildhall.domain.escrow.EscrowDeal;
import io.guildhall.domain.escrow.PendingCall;
import io.guildhall.http.route.AggregateApi;
import io.guildhall.kernel.Money;
import java.time.Instant;
import java.util.Optional;

/**
 * The money for one milestone, as its two parties see it.
 *
 * @param declinedAttempts to charge the client, while none has succeeded
 * @param lastDecline of a charge, while another card may be tried; for the client only
 * @param pending how far the call to the provider is that is under way
 * @param paymentId at the provider; for the client only
 * @param clientSecret with which the client's browser completes the payment at the provider; for the client only
 */
public record EscrowResource(
        String id,
        String contractId,
        int milestone,
        Status status,
        Money amount,
        Money fee,
        Money net,
        int declinedAttempts,
        Optional<Decline> lastDecline,
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
        CANCELLED
    }

    /** @param code the provider's word for why, such as insufficient_funds */
    public record Decline(String code, Instant at) {}

    static EscrowResource of(String reader, Escrow escrow) {
        return switch (escrow) {
            case Escrow.NotCreated _ -> throw AggregateApi.notFound();
            case Escrow.Open it -> open(reader, it);
            case Escrow.Funding it -> funding(reader, it);
            case Escrow.Held it -> of(it.deal(), Status.HELD, 0, Optional.empty());
            case Escrow.Releasing it ->
                of(it.deal(), Status.RELEASING, 0, Optional.of(it.transfer().status()));
            case Escrow.Released it -> of(it.deal(), Status.RELEASED, 0, Optional.empty());
            case Escrow.Refunding it ->
                of(it.deal(), Status.REFUNDING, 0, Optional.of(it.refund().status()));
            case Escrow.Refunded it -> of(it.deal(), Status.REFUNDED, 0, Optional.empty());
            case Escrow.CalledOff it -> of(it.deal(), Status.CANCELLED, it.attempts(), Optional.empty());
        };
    }

    private static EscrowResource open(String reader, Escrow.Open it) {
        var view = of(it.deal(), Status.OPENED, it.attempts(), Optional.empty());
        var last = it.lastDecline()
                .filter(_ -> it.deal().clientId().equals(reader))
                .map(decline -> new Decline(decline.code(), decline.at()));
        return view.with(last, Optional.empty(), Optional.empty());
    }

    private static EscrowResource funding(String reader, Escrow.Funding it) {
        var view = of(
                it.deal(),
                Status.FUNDING,
                it.charge().attempt() - 1,
                Optional.of(it.charge().status()));
        boolean acts = it.charge().status() == PendingCall.Status.ACTION_REQUIRED
                && it.deal().clientId().equals(reader);
        return acts
                ? view.with(Optional.empty(), Optional.of(it.charge().detail()), Optional.of(it.clientSecret()))
                : view;
    }

    private static EscrowResource of(
            EscrowDeal deal, Status status, int declined, Optional<PendingCall.Status> pending) {
        return new EscrowResource(
                Escrow.id(deal.contractId(), deal.milestone()),
                deal.contractId(),
                deal.milestone(),
                status,
                deal.amount(),
                deal.fee(),
                deal.net(),
                declined,
                Optional.empty(),
                pending,
                Optional.empty(),
                Optional.empty());
    }

    private EscrowResource with(Optional<Decline> last, Optional<String> payment, Optional<String> secret) {
        return new EscrowResource(
                id, contractId, milestone, status, amount, fee, net, declinedAttempts, last, pending, payment, secret);
    }
}
