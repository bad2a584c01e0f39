package io.guildhall.domain.escrow;

import static io.guildhall.domain.escrow.EscrowRejection.*;
import static io.guildhall.kernel.Decision.accept;
import static io.guildhall.kernel.Decision.reject;

import io.guildhall.domain.escrow.CallDecisions.Payout;
import io.guildhall.domain.escrow.CallDecisions.Repayment;
import io.guildhall.domain.escrow.EscrowCommand.*;
import io.guildhall.domain.escrow.EscrowEvent.*;
import io.guildhall.domain.escrow.PendingCall.Status;
import io.guildhall.kernel.Aggregate;
import io.guildhall.kernel.Decision;
import io.guildhall.kernel.Ids;
import io.guildhall.kernel.Journalled;
import io.guildhall.kernel.Money;
import io.guildhall.kernel.Personal;
import io.guildhall.kernel.SuspensionRule;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The money for one milestone. The usual phases are open, funding, held, releasing and released. Held money can also be
 * refunded, or split: a part is refunded and the rest is released. A contract that is cancelled has its money refunded,
 * or its escrow is cancelled if no money was held. Each movement of money is
 * recorded three times: the decision to call the payment provider, the call, and its outcome, which can be unknown.
 *
 * <p>A success that the provider reports late, for an attempt that was recorded as failed, settles the movement. A
 * second success, or one of another amount, is rejected: the caller records it as a discrepancy. Other reports that are
 * repeated, late or out of order change nothing.
 */
public sealed interface Escrow extends Journalled {
    Aggregate<Escrow, EscrowCommand, EscrowEvent, EscrowRejection> AGGREGATE = new Aggregate<>(
                    "escrow",
                    Escrow.class,
                    EscrowCommand.class,
                    EscrowEvent.class,
                    EscrowRejection.class,
                    new NotCreated(),
                    Escrow::decide,
                    Escrow::evolve)
            .ownedBy((_, escrow) -> escrow.findDeal()
                    .map(it -> List.of(it.clientId(), it.freelancerId()))
                    .orElse(List.of()))
            .with(new SuspensionRule<>(EscrowParties::of, CALLER_SUSPENDED, COUNTERPART_SUSPENDED));

    /** Replaces the id of a payment that an operator has settled outside the provider. */
    String OUTSIDE = "outside";

    /** The code of a charge that the client has dropped. */
    String DROPPED = "dropped";

    /** The code of a charge or transfer that is not made because an account is suspended. */
    String SUSPENDED = "account-suspended";

    String PREFIX = "esc";

    static String id(String contractId, int milestone) {
        return PREFIX + "_" + Ids.body(contractId) + "-" + milestone;
    }

    record NotCreated() implements Escrow {}

    /**
     * @param id at the payment provider
     * @param request id of the client's request; empty if it is unknown
     */
    record Payment(String id, String request) {
        private Optional<Money> amount(String reference, EscrowDeal deal) {
            return id.equals(reference) ? Optional.of(deal.amount()) : Optional.empty();
        }
    }

    /**
     * @param request id of the client's request
     * @param code the provider's error code, such as insufficient_funds
     */
    record Decline(String request, String code, Instant at) {}

    /** @param attempts number of declined charges */
    record Open(EscrowDeal deal, int attempts, Optional<Decline> lastDecline) implements Escrow {
        boolean wasDeclined(String request) {
            return lastDecline.filter(it -> it.request().equals(request)).isPresent();
        }
    }

    /**
     * The client has dropped a charge, which is being cancelled.
     *
     * @param next the charge that starts once it is cancelled
     */
    record Drop(Optional<NextCharge> next) {}

    /**
     * @param request id of the client's request
     * @param clientSecret empty unless the client must confirm the payment
     * @param drop present if the client has dropped the charge
     * @param isCancelled whether the escrow was cancelled while the charge is pending
     */
    record Funding(
            EscrowDeal deal,
            PendingCall charge,
            String paymentMethod,
            String request,
            @Personal(of = "deal.clientId") String clientSecret,
            Optional<Drop> drop,
            boolean isCancelled)
            implements Escrow {
        Funding with(Status status, String paymentId, String secret) {
            return new Funding(deal, charge.with(status, paymentId), paymentMethod, request, secret, drop, isCancelled);
        }

        Funding withDrop(Optional<NextCharge> next) {
            return new Funding(
                    deal, charge, paymentMethod, request, clientSecret, Optional.of(new Drop(next)), isCancelled);
        }

        Funding withCancelled() {
            return new Funding(deal, charge, paymentMethod, request, clientSecret, drop, true);
        }
    }

    /**
     * @param payment the successful charge
     * @param abandoned the number of transfers that were abandoned after the provider had refused them
     */
    record Held(EscrowDeal deal, Payment payment, int abandoned) implements Escrow {
        private Decision<EscrowEvent, EscrowRejection> handle(EscrowCommand command, Instant now) {
            return switch (command) {
                case EscrowCommand.Open _, Fund _, DropCharge _, ChargeOutcome _ ->
                    ChargeDecisions.decideAfterCharge(command, deal, payment);
                case Release _ -> accept(Payout.whole(deal).start(abandoned + 1, now));
                case Settle settle -> SplitDecisions.settle(this, settle.settlement(), now);
                case Cancel _ -> accept(Repayment.whole(deal, payment).start(1, now));
                case RetryCommand _ -> accept();
                case OutsideCommand _, Redirect _ -> reject(NOT_STALLED);
                case TransferOutcome _, RefundOutcome _ -> reject(NO_SUCH_ATTEMPT);
            };
        }
    }

    /** @param next the settlement that follows if the provider refuses the release */
    record Releasing(EscrowDeal deal, Payment payment, PendingCall transfer, Optional<Settlement> next)
            implements Escrow {
        Releasing with(PendingCall changed) {
            return new Releasing(deal, payment, changed, next);
        }

        Releasing withNext(Settlement settlement) {
            return new Releasing(deal, payment, transfer, Optional.of(settlement));
        }
    }

    /** @param transferId at the payment provider, or {@link #OUTSIDE} */
    record Released(EscrowDeal deal, Payment payment, String transferId) implements Escrow {}

    record Refunding(EscrowDeal deal, Payment payment, PendingCall refund) implements Escrow {
        Refunding with(PendingCall changed) {
            return new Refunding(deal, payment, changed);
        }
    }

    /** @param refundId at the payment provider, or {@link #OUTSIDE} */
    record Refunded(EscrowDeal deal, Payment payment, String refundId) implements Escrow {}

    /**
     * The held money is being divided between the parties.
     *
     * @param abandoned the number of transfers of all the money that were abandoned before
     * @param refundId present once the client has got their part
     * @param transferId present once the freelancer has got theirs
     */
    record Splitting(
            EscrowDeal deal,
            Payment payment,
            Settlement settlement,
            int abandoned,
            PendingCall refund,
            Optional<String> refundId,
            PendingCall transfer,
            Optional<String> transferId)
            implements Escrow {
        Splitting withRefund(PendingCall changed) {
            return new Splitting(deal, payment, settlement, abandoned, changed, refundId, transfer, transferId);
        }

        Splitting withTransfer(PendingCall changed) {
            return new Splitting(deal, payment, settlement, abandoned, refund, refundId, changed, transferId);
        }

        Splitting refunded(String id) {
            return new Splitting(deal, payment, settlement, abandoned, refund, Optional.of(id), transfer, transferId);
        }

        Splitting released(String id) {
            return new Splitting(deal, payment, settlement, abandoned, refund, refundId, transfer, Optional.of(id));
        }

        /** The amount that the freelancer gets. */
        public Money net() {
            return settlement.net(deal.feeBasisPoints());
        }
    }

    /** The held money was divided between the parties. */
    record Split(EscrowDeal deal, Payment payment, Settlement settlement, String refundId, String transferId)
            implements Escrow {}

    /**
     * One part of a split was moved. The provider refused the other, which now goes to the party that has got its part.
     *
     * @param call that moves the second part
     */
    record Redirecting(Splitting split, PendingCall call) implements Escrow {
        Redirecting with(PendingCall changed) {
            return new Redirecting(split, changed);
        }

        public boolean goesToClient() {
            return split.refundId().isPresent();
        }

        /** What both parties get in the end. */
        public Settlement settlement() {
            var all = split.deal().amount();
            return goesToClient() ? Settlement.refunding(all, all) : Settlement.releasing(all);
        }

        /** The moved part, as a settlement. */
        public Settlement part() {
            return goesToClient()
                    ? Settlement.refunding(
                            split.settlement().release(), split.settlement().release())
                    : Settlement.releasing(split.settlement().refund());
        }

        /** The amount of the call. */
        public Money moved() {
            return goesToClient() ? part().refund() : part().net(split.deal().feeBasisPoints());
        }
    }

    /** @param reference of the call at the payment provider, or {@link #OUTSIDE} */
    record Redirected(Redirecting last, String reference) implements Escrow {
        public EscrowDeal deal() {
            return last.split().deal();
        }

        /** The platform's share of the two releases, or of none. */
        public Money fee() {
            int points = deal().feeBasisPoints();
            var part = last.part().fee(points);
            return last.goesToClient()
                    ? part
                    : part.plus(last.split().settlement().fee(points));
        }
    }

    /** @param attempts number of charges before the cancellation */
    record Cancelled(EscrowDeal deal, int attempts) implements Escrow {}

    default Optional<EscrowDeal> findDeal() {
        return switch (this) {
            case NotCreated _ -> Optional.empty();
            case Open open -> Optional.of(open.deal);
            case Funding funding -> Optional.of(funding.deal);
            case Held held -> Optional.of(held.deal);
            case Releasing releasing -> Optional.of(releasing.deal);
            case Released released -> Optional.of(released.deal);
            case Refunding refunding -> Optional.of(refunding.deal);
            case Refunded refunded -> Optional.of(refunded.deal);
            case Splitting splitting -> Optional.of(splitting.deal);
            case Split split -> Optional.of(split.deal);
            case Redirecting redirecting -> redirecting.split.findDeal();
            case Redirected redirected -> Optional.of(redirected.deal());
            case Cancelled cancelled -> Optional.of(cancelled.deal);
        };
    }

    /**
     * How the held money is or was divided, or the part of it that was redirected is moved; empty unless there is a
     * split.
     */
    default Optional<Settlement> findSplit() {
        return switch (this) {
            case Splitting splitting -> Optional.of(splitting.settlement);
            case Split split -> Optional.of(split.settlement);
            case Redirecting it -> Optional.of(it.part());
            case Redirected it -> Optional.of(it.last.part());
            case NotCreated _,
                    Open _,
                    Funding _,
                    Held _,
                    Releasing _,
                    Released _,
                    Refunding _,
                    Refunded _,
                    Cancelled _ -> Optional.empty();
        };
    }

    /** The amount of a refund to the client, if the escrow exists. */
    default Optional<Money> refundAmount() {
        return findSplit().map(Settlement::refund).or(() -> findDeal().map(EscrowDeal::amount));
    }

    /** The amount of a transfer to the freelancer, if the escrow exists. */
    default Optional<Money> transferAmount() {
        return findDeal()
                .map(deal ->
                        findSplit().map(it -> it.net(deal.feeBasisPoints())).orElseGet(deal::net));
    }

    /**
     * The amount that a payment has moved.
     *
     * @param reference of the charge, transfer or refund; empty is returned for any that the escrow does not count
     */
    default Optional<Money> movedBy(String reference) {
        return switch (this) {
            case Released released when released.transferId.equals(reference) -> transferAmount();
            case Refunded refunded when refunded.refundId.equals(reference) -> refundAmount();
            case Splitting splitting when splitting.transferId.equals(Optional.of(reference)) -> transferAmount();
            case Splitting splitting when splitting.refundId.equals(Optional.of(reference)) -> refundAmount();
            case Split split when split.transferId.equals(reference) -> transferAmount();
            case Split split when split.refundId.equals(reference) -> refundAmount();
            case Held held -> held.payment.amount(reference, held.deal);
            case Releasing releasing -> releasing.payment.amount(reference, releasing.deal);
            case Released released -> released.payment.amount(reference, released.deal);
            case Refunding refunding -> refunding.payment.amount(reference, refunding.deal);
            case Refunded refunded -> refunded.payment.amount(reference, refunded.deal);
            case Splitting splitting -> splitting.payment.amount(reference, splitting.deal);
            case Split split -> split.payment.amount(reference, split.deal);
            case Redirected redirected
            when redirected.reference.equals(reference) -> Optional.of(redirected.last.moved());
            case Redirecting redirecting -> redirecting.split.movedBy(reference);
            case Redirected redirected -> redirected.last.movedBy(reference);
            case NotCreated _, Open _, Funding _, Cancelled _ -> Optional.empty();
        };
    }

    default boolean isVisibleTo(String accountId) {
        return findDeal().filter(it -> it.hasParty(accountId)).isPresent();
    }

    default Decision<EscrowEvent, EscrowRejection> decide(EscrowCommand command, Instant now) {
        return switch (this) {
            case NotCreated _ ->
                switch (command) {
                    case EscrowCommand.Open open -> accept(new Opened(open.deal(), now));
                    case Fund _,
                            DropCharge _,
                            ChargeOutcome _,
                            Release _,
                            Settle _,
                            RetryCommand _,
                            OutsideCommand _,
                            Redirect _,
                            TransferOutcome _,
                            Cancel _,
                            RefundOutcome _ -> reject(NOT_OPENED);
                };
            case Open open -> ChargeDecisions.decide(open, command, now);
            case Funding funding -> ChargeDecisions.decide(funding, command, now);
            case Held held -> held.handle(command, now);
            case Releasing releasing -> ReleaseDecisions.decide(releasing, command, now);
            case Released released -> ReleaseDecisions.decide(released, command);
            case Refunding refunding -> RefundDecisions.decide(refunding, command, now);
            case Refunded refunded -> RefundDecisions.decide(refunded, command);
            case Splitting splitting -> SplitDecisions.decide(splitting, command, now);
            case Split split -> SplitDecisions.decide(split, command);
            case Redirecting redirecting -> RedirectDecisions.decide(redirecting, command, now);
            case Redirected redirected -> RedirectDecisions.decide(redirected, command);
            case Cancelled cancelled -> ChargeDecisions.decide(cancelled, command, now);
        };
    }

    default Escrow evolve(EscrowEvent event) {
        return EscrowEvolution.evolve(this, event);
    }
}
