package io.guildhall.domain.escrow;

import static io.guildhall.domain.escrow.EscrowRejection.*;
import static io.guildhall.kernel.Decision.accept;
import static io.guildhall.kernel.Decision.reject;

import io.guildhall.domain.escrow.EscrowCommand.*;
import io.guildhall.domain.escrow.EscrowEvent.*;
import io.guildhall.domain.escrow.PendingCall.Status;
import io.guildhall.kernel.Aggregate;
import io.guildhall.kernel.Decision;
import io.guildhall.kernel.Ids;
import io.guildhall.kernel.Journalled;
import java.time.Instant;
import java.util.Optional;

/**
 * The money for one milestone. The usual phases are open, funding, held, releasing and released. A contract that is cancelled has its money
 * refunded, or its escrow is called off if no money was held. Each movement of money is recorded three times: the decision to call the
 * payment provider, the call, and its outcome, which can be unknown. Reports of the provider that are repeated, late or out of order change
 * nothing.
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
            Escrow::evolve);

    static String id(String contractId, int milestone) {
        return "esc_" + Ids.body(contractId) + "-" + milestone;
    }

    record NotCreated() implements Escrow {}

    /**
     * @param id at the payment provider
     * @param request id of the client's request; empty if it is unknown
     */
    record Payment(String id, String request) {}

    /**
     * @param request id of the client's request
     * @param code the provider's error code, such as insufficient_funds
     */
    record Decline(String request, String code, Instant at) {}

    /** @param attempts number of declined charges */
    record Open(EscrowDeal deal, int attempts, Optional<Decline> lastDecline) implements Escrow {
        private Decision<EscrowEvent, EscrowRejection> handle(EscrowCommand command, Instant now) {
            return switch (command) {
                case EscrowCommand.Open c -> repeated(c, deal);
                case Fund c when !c.by().equals(deal.clientId()) -> onlyClientFunds(c, deal);
                case Fund c when wasDeclined(c.request()) -> accept();
                case Fund c ->
                    accept(new FundingStarted(deal, attempts + 1, c.paymentMethod(), Optional.of(c.request()), now));
                case ChargeOutcome c when !isKnownAttempt(c.attempt(), attempts) -> reject(NO_SUCH_ATTEMPT);
                // The provider first reported a decline and then a success: the money is held, not lost.
                case RecordHeld c -> accept(new MoneyHeld(deal, c.attempt(), c.paymentId(), now));
                case RecordDeclined _, RecordActionRequired _, RecordChargeUnknown _ -> accept();
                case CallOff _ -> accept(new EscrowEvent.CalledOff(deal, now));
                case Release _, Retry _, TransferOutcome _, RefundOutcome _ -> reject(NOT_HELD);
            };
        }

        private boolean wasDeclined(String request) {
            return lastDecline.filter(it -> it.request().equals(request)).isPresent();
        }
    }

    /**
     * @param request id of the client's request
     * @param clientSecret empty unless the client must confirm the payment
     * @param calledOff whether the escrow was called off while the charge is pending
     */
    record Funding(
            EscrowDeal deal,
            PendingCall charge,
            String paymentMethod,
            String request,
            String clientSecret,
            boolean calledOff)
            implements Escrow {
        private Decision<EscrowEvent, EscrowRejection> handle(EscrowCommand command, Instant now) {
            return switch (command) {
                case EscrowCommand.Open c -> repeated(c, deal);
                case Fund c when !c.by().equals(deal.clientId()) -> onlyClientFunds(c, deal);
                case Fund _ when calledOff -> reject(CALLED_OFF);
                case Fund c -> c.paymentMethod().equals(paymentMethod) ? accept() : reject(ALREADY_FUNDING);
                case ChargeOutcome c when !isKnownAttempt(c.attempt(), charge.attempt()) -> reject(NO_SUCH_ATTEMPT);
                case RecordHeld c when c.attempt() < charge.attempt() -> reject(UNEXPECTED_PAYMENT);
                case ChargeOutcome c when c.attempt() < charge.attempt() -> accept();
                case RecordHeld c when calledOff -> refundImmediately(deal, c, now);
                case RecordHeld c -> accept(new MoneyHeld(deal, c.attempt(), c.paymentId(), now));
                case RecordDeclined c
                when calledOff ->
                    accept(new FundingDeclined(deal, c.attempt(), c.code(), now), new EscrowEvent.CalledOff(deal, now));
                case RecordDeclined c -> accept(new FundingDeclined(deal, c.attempt(), c.code(), now));
                case RecordActionRequired _ when charge.status() == Status.ACTION_REQUIRED -> accept();
                case RecordActionRequired c ->
                    accept(new ActionRequired(deal, c.attempt(), c.paymentId(), c.clientSecret(), now));
                case RecordChargeUnknown c ->
                    charge.status() == Status.ASKED ? accept(new FundingUnknown(deal, c.attempt(), now)) : accept();
                case CallOff _ -> calledOff ? accept() : accept(new EscrowEvent.CalledOff(deal, now));
                case Release _, Retry _, TransferOutcome _, RefundOutcome _ -> reject(NOT_HELD);
            };
        }

        Funding with(Status status, String paymentId, String secret) {
            return new Funding(deal, charge.with(status, paymentId), paymentMethod, request, secret, calledOff);
        }

        Funding withCalledOff() {
            return new Funding(deal, charge, paymentMethod, request, clientSecret, true);
        }
    }

    /** @param payment the successful charge */
    record Held(EscrowDeal deal, Payment payment) implements Escrow {
        private Decision<EscrowEvent, EscrowRejection> handle(EscrowCommand command, Instant now) {
            return switch (command) {
                case EscrowCommand.Open _, Fund _, ChargeOutcome _ -> handleAfterCharge(command, deal, payment);
                case Release _ -> accept(new ReleaseStarted(deal, 1, deal.fee(), deal.net(), now));
                case CallOff _ -> accept(new RefundStarted(deal, 1, payment.id(), now));
                case Retry _ -> accept();
                case TransferOutcome _, RefundOutcome _ -> reject(NO_SUCH_ATTEMPT);
            };
        }
    }

    record Releasing(EscrowDeal deal, Payment payment, PendingCall transfer) implements Escrow {
        private Decision<EscrowEvent, EscrowRejection> handle(EscrowCommand command, Instant now) {
            return switch (command) {
                case EscrowCommand.Open _, Fund _, ChargeOutcome _ -> handleAfterCharge(command, deal, payment);
                case Release _ -> accept();
                case Retry _
                when transfer.status() == Status.FAILED ->
                    accept(new ReleaseRetried(deal, transfer.attempt() + 1, deal.net(), now));
                case Retry _ -> accept();
                case TransferOutcome c when !isKnownAttempt(c.attempt(), transfer.attempt()) -> reject(NO_SUCH_ATTEMPT);
                case RecordReleased c ->
                    c.attempt() == transfer.attempt()
                            ? accept(new MoneyReleased(deal, deal.fee(), deal.net(), c.transferId(), now))
                            : reject(UNEXPECTED_PAYMENT);
                case TransferOutcome c
                when !transfer.isAttempt(c.attempt()) || transfer.status() == Status.FAILED -> accept();
                case RecordReleaseFailed c -> accept(new ReleaseFailed(deal, c.attempt(), c.error(), now));
                case RecordReleaseUnknown c ->
                    transfer.status() == Status.UNKNOWN ? accept() : accept(new ReleaseUnknown(deal, c.attempt(), now));
                case CallOff _, RefundOutcome _ -> reject(NOT_HELD);
            };
        }

        Releasing with(PendingCall changed) {
            return new Releasing(deal, payment, changed);
        }
    }

    record Released(EscrowDeal deal, Payment payment, String transferId) implements Escrow {
        private Decision<EscrowEvent, EscrowRejection> handle(EscrowCommand command) {
            return switch (command) {
                case EscrowCommand.Open _, Fund _, ChargeOutcome _ -> handleAfterCharge(command, deal, payment);
                case RecordReleased c when !c.transferId().equals(transferId) -> reject(UNEXPECTED_PAYMENT);
                case Release _, Retry _, TransferOutcome _ -> accept();
                case CallOff _, RefundOutcome _ -> reject(NOT_HELD);
            };
        }
    }

    record Refunding(EscrowDeal deal, Payment payment, PendingCall refund) implements Escrow {
        private Decision<EscrowEvent, EscrowRejection> handle(EscrowCommand command, Instant now) {
            return switch (command) {
                case EscrowCommand.Open _, ChargeOutcome _ -> handleAfterCharge(command, deal, payment);
                case Fund c -> deal.hasParty(c.by()) ? reject(CALLED_OFF) : reject(NOT_YOURS);
                case CallOff _ -> accept();
                case Retry _
                when refund.status() == Status.FAILED ->
                    accept(new RefundStarted(deal, refund.attempt() + 1, payment.id(), now));
                case Retry _ -> accept();
                case RefundOutcome c when !isKnownAttempt(c.attempt(), refund.attempt()) -> reject(NO_SUCH_ATTEMPT);
                case RecordRefunded c ->
                    c.attempt() == refund.attempt()
                            ? accept(new MoneyRefunded(deal, c.refundId(), now))
                            : reject(UNEXPECTED_PAYMENT);
                case RefundOutcome c
                when !refund.isAttempt(c.attempt()) || refund.status() == Status.FAILED -> accept();
                case RecordRefundFailed c -> accept(new RefundFailed(deal, c.attempt(), c.error(), now));
                case RecordRefundUnknown c ->
                    refund.status() == Status.UNKNOWN ? accept() : accept(new RefundUnknown(deal, c.attempt(), now));
                case Release _, TransferOutcome _ -> reject(CALLED_OFF);
            };
        }

        Refunding with(PendingCall changed) {
            return new Refunding(deal, payment, changed);
        }
    }

    record Refunded(EscrowDeal deal, Payment payment, String refundId) implements Escrow {
        private Decision<EscrowEvent, EscrowRejection> handle(EscrowCommand command) {
            return switch (command) {
                case EscrowCommand.Open _, ChargeOutcome _ -> handleAfterCharge(command, deal, payment);
                case Fund c -> deal.hasParty(c.by()) ? reject(CALLED_OFF) : reject(NOT_YOURS);
                case RecordRefunded c when !c.refundId().equals(refundId) -> reject(UNEXPECTED_PAYMENT);
                case CallOff _, Retry _, RefundOutcome _ -> accept();
                case Release _, TransferOutcome _ -> reject(CALLED_OFF);
            };
        }
    }

    /** @param attempts number of charges before it was called off */
    record CalledOff(EscrowDeal deal, int attempts) implements Escrow {
        private Decision<EscrowEvent, EscrowRejection> handle(EscrowCommand command, Instant now) {
            return switch (command) {
                case EscrowCommand.Open c -> repeated(c, deal);
                case Fund c -> deal.hasParty(c.by()) ? reject(CALLED_OFF) : reject(NOT_YOURS);
                case ChargeOutcome c when !isKnownAttempt(c.attempt(), attempts) -> reject(NO_SUCH_ATTEMPT);
                case RecordHeld c -> refundImmediately(deal, c, now);
                case ChargeOutcome _, CallOff _, Retry _ -> accept();
                case Release _, TransferOutcome _, RefundOutcome _ -> reject(CALLED_OFF);
            };
        }
    }

    default Optional<EscrowDeal> findDeal() {
        return switch (this) {
            case NotCreated _ -> Optional.empty();
            case Open e -> Optional.of(e.deal);
            case Funding e -> Optional.of(e.deal);
            case Held e -> Optional.of(e.deal);
            case Releasing e -> Optional.of(e.deal);
            case Released e -> Optional.of(e.deal);
            case Refunding e -> Optional.of(e.deal);
            case Refunded e -> Optional.of(e.deal);
            case CalledOff e -> Optional.of(e.deal);
        };
    }

    default boolean isVisibleTo(String accountId) {
        return findDeal().filter(it -> it.hasParty(accountId)).isPresent();
    }

    default Decision<EscrowEvent, EscrowRejection> decide(EscrowCommand command, Instant now) {
        return switch (this) {
            case NotCreated _ ->
                switch (command) {
                    case EscrowCommand.Open c -> accept(new Opened(c.deal(), now));
                    case Fund _, ChargeOutcome _, Release _, Retry _, TransferOutcome _, CallOff _, RefundOutcome _ ->
                        reject(NOT_OPENED);
                };
            case Open e -> e.handle(command, now);
            case Funding e -> e.handle(command, now);
            case Held e -> e.handle(command, now);
            case Releasing e -> e.handle(command, now);
            case Released e -> e.handle(command);
            case Refunding e -> e.handle(command, now);
            case Refunded e -> e.handle(command);
            case CalledOff e -> e.handle(command, now);
        };
    }

    private static boolean isKnownAttempt(int attempt, int last) {
        return 1 <= attempt && attempt <= last;
    }

    private static Decision<EscrowEvent, EscrowRejection> repeated(EscrowCommand.Open c, EscrowDeal deal) {
        return c.deal().equals(deal) ? accept() : reject(OPENED_OTHERWISE);
    }

    private static Decision<EscrowEvent, EscrowRejection> onlyClientFunds(Fund c, EscrowDeal deal) {
        return reject(deal.hasParty(c.by()) ? NOT_YOUR_PART : NOT_YOURS);
    }

    /** Handles commands about the charge after the money is held. */
    private static Decision<EscrowEvent, EscrowRejection> handleAfterCharge(
            EscrowCommand command, EscrowDeal deal, Payment payment) {
        return switch (command) {
            case EscrowCommand.Open c -> repeated(c, deal);
            case Fund c when !c.by().equals(deal.clientId()) -> onlyClientFunds(c, deal);
            case Fund c -> c.request().equals(payment.request()) ? accept() : reject(ALREADY_FUNDED);
            case RecordHeld c when !c.paymentId().equals(payment.id()) -> reject(UNEXPECTED_PAYMENT);
            case ChargeOutcome _ -> accept();
            case Release _, Retry _, TransferOutcome _, CallOff _, RefundOutcome _ -> reject(NOT_HELD);
        };
    }

    /** Records money that arrives after the escrow was called off, and starts its refund. */
    private static Decision<EscrowEvent, EscrowRejection> refundImmediately(
            EscrowDeal deal, RecordHeld c, Instant now) {
        return accept(
                new MoneyHeld(deal, c.attempt(), c.paymentId(), now), new RefundStarted(deal, 1, c.paymentId(), now));
    }

    default Escrow evolve(EscrowEvent event) {
        return EscrowEvolution.evolve(this, event);
    }
}
