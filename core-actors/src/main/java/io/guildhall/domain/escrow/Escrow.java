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
 * The money for one milestone. The usual phases are open, funding, held, releasing and released. A contract that is
 * cancelled has its money refunded, or its escrow is called off if no money was held. Each movement of money is
 * recorded three times: the decision to call the payment provider, the call, and its outcome, which can be unknown.
 * Reports of the provider that are repeated, late or out of order change nothing.
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
                case EscrowCommand.Open open -> repeated(open, deal);
                case Fund fund when !fund.by().equals(deal.clientId()) -> onlyClientFunds(fund, deal);
                case Fund fund when wasDeclined(fund.request()) -> accept();
                case Fund fund ->
                    accept(new FundingStarted(
                            deal, attempts + 1, fund.paymentMethod(), Optional.of(fund.request()), now));
                case ChargeOutcome chargeOutcome
                when !isKnownAttempt(chargeOutcome.attempt(), attempts) -> reject(NO_SUCH_ATTEMPT);
                // The provider first reported a decline and then a success: the money is held, not lost.
                case RecordHeld recordHeld ->
                    accept(new MoneyHeld(deal, recordHeld.attempt(), recordHeld.paymentId(), now));
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
                case EscrowCommand.Open open -> repeated(open, deal);
                case Fund fund when !fund.by().equals(deal.clientId()) -> onlyClientFunds(fund, deal);
                case Fund _ when calledOff -> reject(CALLED_OFF);
                case Fund fund -> fund.paymentMethod().equals(paymentMethod) ? accept() : reject(ALREADY_FUNDING);
                case ChargeOutcome chargeOutcome
                when !isKnownAttempt(chargeOutcome.attempt(), charge.attempt()) -> reject(NO_SUCH_ATTEMPT);
                case RecordHeld recordHeld when recordHeld.attempt() < charge.attempt() -> reject(UNEXPECTED_PAYMENT);
                case ChargeOutcome chargeOutcome when chargeOutcome.attempt() < charge.attempt() -> accept();
                case RecordHeld recordHeld when calledOff -> refundImmediately(deal, recordHeld, now);
                case RecordHeld recordHeld ->
                    accept(new MoneyHeld(deal, recordHeld.attempt(), recordHeld.paymentId(), now));
                case RecordDeclined recordDeclined
                when calledOff ->
                    accept(
                            new FundingDeclined(deal, recordDeclined.attempt(), recordDeclined.code(), now),
                            new EscrowEvent.CalledOff(deal, now));
                case RecordDeclined recordDeclined ->
                    accept(new FundingDeclined(deal, recordDeclined.attempt(), recordDeclined.code(), now));
                case RecordActionRequired _ when charge.status() == Status.ACTION_REQUIRED -> accept();
                case RecordActionRequired recordActionRequired ->
                    accept(new ActionRequired(
                            deal,
                            recordActionRequired.attempt(),
                            recordActionRequired.paymentId(),
                            recordActionRequired.clientSecret(),
                            now));
                case RecordChargeUnknown recordChargeUnknown ->
                    charge.status() == Status.ASKED
                            ? accept(new FundingUnknown(deal, recordChargeUnknown.attempt(), now))
                            : accept();
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
                case TransferOutcome transferOutcome
                when !isKnownAttempt(transferOutcome.attempt(), transfer.attempt()) -> reject(NO_SUCH_ATTEMPT);
                case RecordReleased recordReleased ->
                    recordReleased.attempt() == transfer.attempt()
                            ? accept(new MoneyReleased(deal, deal.fee(), deal.net(), recordReleased.transferId(), now))
                            : reject(UNEXPECTED_PAYMENT);
                case TransferOutcome transferOutcome
                when !transfer.isAttempt(transferOutcome.attempt()) || transfer.status() == Status.FAILED -> accept();
                case RecordReleaseFailed recordReleaseFailed ->
                    accept(new ReleaseFailed(deal, recordReleaseFailed.attempt(), recordReleaseFailed.error(), now));
                case RecordReleaseUnknown recordReleaseUnknown ->
                    transfer.status() == Status.UNKNOWN
                            ? accept()
                            : accept(new ReleaseUnknown(deal, recordReleaseUnknown.attempt(), now));
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
                case RecordReleased recordReleased
                when !recordReleased.transferId().equals(transferId) -> reject(UNEXPECTED_PAYMENT);
                case Release _, Retry _, TransferOutcome _ -> accept();
                case CallOff _, RefundOutcome _ -> reject(NOT_HELD);
            };
        }
    }

    record Refunding(EscrowDeal deal, Payment payment, PendingCall refund) implements Escrow {
        private Decision<EscrowEvent, EscrowRejection> handle(EscrowCommand command, Instant now) {
            return switch (command) {
                case EscrowCommand.Open _, ChargeOutcome _ -> handleAfterCharge(command, deal, payment);
                case Fund fund -> deal.hasParty(fund.by()) ? reject(CALLED_OFF) : reject(NOT_YOURS);
                case CallOff _ -> accept();
                case Retry _
                when refund.status() == Status.FAILED ->
                    accept(new RefundStarted(deal, refund.attempt() + 1, payment.id(), now));
                case Retry _ -> accept();
                case RefundOutcome refundOutcome
                when !isKnownAttempt(refundOutcome.attempt(), refund.attempt()) -> reject(NO_SUCH_ATTEMPT);
                case RecordRefunded recordRefunded ->
                    recordRefunded.attempt() == refund.attempt()
                            ? accept(new MoneyRefunded(deal, recordRefunded.refundId(), now))
                            : reject(UNEXPECTED_PAYMENT);
                case RefundOutcome refundOutcome
                when !refund.isAttempt(refundOutcome.attempt()) || refund.status() == Status.FAILED -> accept();
                case RecordRefundFailed recordRefundFailed ->
                    accept(new RefundFailed(deal, recordRefundFailed.attempt(), recordRefundFailed.error(), now));
                case RecordRefundUnknown recordRefundUnknown ->
                    refund.status() == Status.UNKNOWN
                            ? accept()
                            : accept(new RefundUnknown(deal, recordRefundUnknown.attempt(), now));
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
                case Fund fund -> deal.hasParty(fund.by()) ? reject(CALLED_OFF) : reject(NOT_YOURS);
                case RecordRefunded recordRefunded
                when !recordRefunded.refundId().equals(refundId) -> reject(UNEXPECTED_PAYMENT);
                case CallOff _, Retry _, RefundOutcome _ -> accept();
                case Release _, TransferOutcome _ -> reject(CALLED_OFF);
            };
        }
    }

    /** @param attempts number of charges before it was called off */
    record CalledOff(EscrowDeal deal, int attempts) implements Escrow {
        private Decision<EscrowEvent, EscrowRejection> handle(EscrowCommand command, Instant now) {
            return switch (command) {
                case EscrowCommand.Open open -> repeated(open, deal);
                case Fund fund -> deal.hasParty(fund.by()) ? reject(CALLED_OFF) : reject(NOT_YOURS);
                case ChargeOutcome chargeOutcome
                when !isKnownAttempt(chargeOutcome.attempt(), attempts) -> reject(NO_SUCH_ATTEMPT);
                case RecordHeld recordHeld -> refundImmediately(deal, recordHeld, now);
                case ChargeOutcome _, CallOff _, Retry _ -> accept();
                case Release _, TransferOutcome _, RefundOutcome _ -> reject(CALLED_OFF);
            };
        }
    }

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
            case CalledOff calledOff -> Optional.of(calledOff.deal);
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
                    case Fund _, ChargeOutcome _, Release _, Retry _, TransferOutcome _, CallOff _, RefundOutcome _ ->
                        reject(NOT_OPENED);
                };
            case Open open -> open.handle(command, now);
            case Funding funding -> funding.handle(command, now);
            case Held held -> held.handle(command, now);
            case Releasing releasing -> releasing.handle(command, now);
            case Released released -> released.handle(command);
            case Refunding refunding -> refunding.handle(command, now);
            case Refunded refunded -> refunded.handle(command);
            case CalledOff calledOff -> calledOff.handle(command, now);
        };
    }

    private static boolean isKnownAttempt(int attempt, int last) {
        return 1 <= attempt && attempt <= last;
    }

    private static Decision<EscrowEvent, EscrowRejection> repeated(EscrowCommand.Open command, EscrowDeal deal) {
        return command.deal().equals(deal) ? accept() : reject(OPENED_OTHERWISE);
    }

    private static Decision<EscrowEvent, EscrowRejection> onlyClientFunds(Fund command, EscrowDeal deal) {
        return reject(deal.hasParty(command.by()) ? NOT_YOUR_PART : NOT_YOURS);
    }

    /** Handles commands about the charge after the money is held. */
    private static Decision<EscrowEvent, EscrowRejection> handleAfterCharge(
            EscrowCommand command, EscrowDeal deal, Payment payment) {
        return switch (command) {
            case EscrowCommand.Open open -> repeated(open, deal);
            case Fund fund when !fund.by().equals(deal.clientId()) -> onlyClientFunds(fund, deal);
            case Fund fund -> fund.request().equals(payment.request()) ? accept() : reject(ALREADY_FUNDED);
            case RecordHeld recordHeld when !recordHeld.paymentId().equals(payment.id()) -> reject(UNEXPECTED_PAYMENT);
            case ChargeOutcome _ -> accept();
            case Release _, Retry _, TransferOutcome _, CallOff _, RefundOutcome _ -> reject(NOT_HELD);
        };
    }

    /** Records money that arrives after the escrow was called off, and starts its refund. */
    private static Decision<EscrowEvent, EscrowRejection> refundImmediately(
            EscrowDeal deal, RecordHeld command, Instant now) {
        return accept(
                new MoneyHeld(deal, command.attempt(), command.paymentId(), now),
                new RefundStarted(deal, 1, command.paymentId(), now));
    }

    default Escrow evolve(EscrowEvent event) {
        return EscrowEvolution.evolve(this, event);
    }
}
