package io.guildhall.domain.escrow;

import static io.guildhall.domain.escrow.EscrowRejection.*;
import static io.guildhall.kernel.Decision.accept;
import static io.guildhall.kernel.Decision.reject;

import io.guildhall.domain.escrow.EscrowCommand.*;
import io.guildhall.domain.escrow.EscrowEvent.*;
import io.guildhall.domain.escrow.PendingCall.How;
import io.guildhall.kernel.Aggregate;
import io.guildhall.kernel.Decision;
import io.guildhall.kernel.Ids;
import io.guildhall.kernel.Journalled;
import java.time.Instant;
import java.util.Optional;

/**
 * The life of the money for one milestone: opened, funding, held, releasing, released; or refunding, refunded; or off, called off before any
 * money came. Every movement is an intent first, then a call to the provider, then what became of it; unknown is an outcome. What the
 * provider tells twice, late or out of order changes nothing.
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

    /** @param request of the client that it was made for; empty where that is not known */
    record Payment(String id, String request) {}

    /**
     * @param request of the client that was declined
     * @param code the provider's word for why, such as insufficient_funds
     */
    record Decline(String request, String code, Instant at) {}

    /** @param attempts to charge the client that were declined */
    record Open(EscrowDeal deal, int attempts, Optional<Decline> lastDecline) implements Escrow {
        private Decision<EscrowEvent, EscrowRejection> answer(EscrowCommand command, Instant now) {
            return switch (command) {
                case EscrowCommand.Open c -> repeated(c, deal);
                case Fund c when !c.by().equals(deal.clientId()) -> notThePayer(c, deal);
                case Fund c when wasDeclined(c.request()) -> accept();
                case Fund c ->
                    accept(new FundingStarted(deal, attempts + 1, c.paymentMethod(), Optional.of(c.request()), now));
                case OfCharge c when !made(c.attempt(), attempts) -> reject(NO_SUCH_ATTEMPT);
                // Declined was said before, but the money came after all: it is kept safe, not lost.
                case RecordHeld c -> accept(new MoneyHeld(deal, c.attempt(), c.paymentId(), now));
                case RecordDeclined _, RecordActionRequired _, RecordChargeUnknown _ -> accept();
                case CallOff _ -> accept(new CalledOff(deal, now));
                case Release _, Retry _, OfTransfer _, OfRefund _ -> reject(NOT_HELD);
            };
        }

        private boolean wasDeclined(String request) {
            return lastDecline.filter(it -> it.request().equals(request)).isPresent();
        }
    }

    /** @param clientSecret empty unless the client must act */
    record Funding(
            EscrowDeal deal,
            PendingCall charge,
            String paymentMethod,
            String request,
            String clientSecret,
            boolean calledOff)
            implements Escrow {
        private Decision<EscrowEvent, EscrowRejection> answer(EscrowCommand command, Instant now) {
            return switch (command) {
                case EscrowCommand.Open c -> repeated(c, deal);
                case Fund c when !c.by().equals(deal.clientId()) -> notThePayer(c, deal);
                case Fund _ when calledOff -> reject(CALLED_OFF);
                case Fund c -> c.paymentMethod().equals(paymentMethod) ? accept() : reject(ALREADY_FUNDING);
                case OfCharge c when !made(c.attempt(), charge.attempt()) -> reject(NO_SUCH_ATTEMPT);
                case RecordHeld c when c.attempt() < charge.attempt() -> reject(UNEXPECTED_PAYMENT);
                case OfCharge c when c.attempt() < charge.attempt() -> accept();
                case RecordHeld c when calledOff -> heldInVain(deal, c, now);
                case RecordHeld c -> accept(new MoneyHeld(deal, c.attempt(), c.paymentId(), now));
                case RecordDeclined c
                when calledOff ->
                    accept(new FundingDeclined(deal, c.attempt(), c.code(), now), new CalledOff(deal, now));
                case RecordDeclined c -> accept(new FundingDeclined(deal, c.attempt(), c.code(), now));
                case RecordActionRequired _ when charge.how() == How.ACTION_REQUIRED -> accept();
                case RecordActionRequired c ->
                    accept(new ActionRequired(deal, c.attempt(), c.paymentId(), c.clientSecret(), now));
                case RecordChargeUnknown c ->
                    charge.how() == How.ASKED ? accept(new FundingUnknown(deal, c.attempt(), now)) : accept();
                case CallOff _ -> calledOff ? accept() : accept(new CalledOff(deal, now));
                case Release _, Retry _, OfTransfer _, OfRefund _ -> reject(NOT_HELD);
            };
        }

        Funding now(How how, String paymentId, String secret) {
            return new Funding(deal, charge.now(how, paymentId), paymentMethod, request, secret, calledOff);
        }

        Funding inVain() {
            return new Funding(deal, charge, paymentMethod, request, clientSecret, true);
        }
    }

    /** @param payment that the client's money came by */
    record Held(EscrowDeal deal, Payment payment) implements Escrow {
        private Decision<EscrowEvent, EscrowRejection> answer(EscrowCommand command, Instant now) {
            return switch (command) {
                case EscrowCommand.Open _, Fund _, OfCharge _ -> funded(command, deal, payment);
                case Release _ -> accept(new ReleaseStarted(deal, 1, deal.fee(), deal.net(), now));
                case CallOff _ -> accept(new RefundStarted(deal, 1, payment.id(), now));
                case Retry _ -> accept();
                case OfTransfer _, OfRefund _ -> reject(NO_SUCH_ATTEMPT);
            };
        }
    }

    record Releasing(EscrowDeal deal, Payment payment, PendingCall transfer) implements Escrow {
        private Decision<EscrowEvent, EscrowRejection> answer(EscrowCommand command, Instant now) {
            return switch (command) {
                case EscrowCommand.Open _, Fund _, OfCharge _ -> funded(command, deal, payment);
                case Release _ -> accept();
                case Retry _
                when transfer.how() == How.FAILED ->
                    accept(new ReleaseRetried(deal, transfer.attempt() + 1, deal.net(), now));
                case Retry _ -> accept();
                case OfTransfer c when !made(c.attempt(), transfer.attempt()) -> reject(NO_SUCH_ATTEMPT);
                case RecordReleased c ->
                    c.attempt() == transfer.attempt()
                            ? accept(new MoneyReleased(deal, deal.fee(), deal.net(), c.transferId(), now))
                            : reject(UNEXPECTED_PAYMENT);
                case OfTransfer c when !transfer.is(c.attempt()) || transfer.how() == How.FAILED -> accept();
                case RecordReleaseFailed c -> accept(new ReleaseFailed(deal, c.attempt(), c.why(), now));
                case RecordReleaseUnknown c ->
                    transfer.how() == How.UNKNOWN ? accept() : accept(new ReleaseUnknown(deal, c.attempt(), now));
                case CallOff _, OfRefund _ -> reject(NOT_HELD);
            };
        }

        Releasing now(PendingCall changed) {
            return new Releasing(deal, payment, changed);
        }
    }

    record Released(EscrowDeal deal, Payment payment, String transferId) implements Escrow {
        private Decision<EscrowEvent, EscrowRejection> answer(EscrowCommand command) {
            return switch (command) {
                case EscrowCommand.Open _, Fund _, OfCharge _ -> funded(command, deal, payment);
                case RecordReleased c when !c.transferId().equals(transferId) -> reject(UNEXPECTED_PAYMENT);
                case Release _, Retry _, OfTransfer _ -> accept();
                case CallOff _, OfRefund _ -> reject(NOT_HELD);
            };
        }
    }

    record Refunding(EscrowDeal deal, Payment payment, PendingCall refund) implements Escrow {
        private Decision<EscrowEvent, EscrowRejection> answer(EscrowCommand command, Instant now) {
            return switch (command) {
                case EscrowCommand.Open _, OfCharge _ -> funded(command, deal, payment);
                case Fund c -> deal.binds(c.by()) ? reject(CALLED_OFF) : reject(NOT_YOURS);
                case CallOff _ -> accept();
                case Retry _
                when refund.how() == How.FAILED ->
                    accept(new RefundStarted(deal, refund.attempt() + 1, payment.id(), now));
                case Retry _ -> accept();
                case OfRefund c when !made(c.attempt(), refund.attempt()) -> reject(NO_SUCH_ATTEMPT);
                case RecordRefunded c ->
                    c.attempt() == refund.attempt()
                            ? accept(new MoneyRefunded(deal, c.refundId(), now))
                            : reject(UNEXPECTED_PAYMENT);
                case OfRefund c when !refund.is(c.attempt()) || refund.how() == How.FAILED -> accept();
                case RecordRefundFailed c -> accept(new RefundFailed(deal, c.attempt(), c.why(), now));
                case RecordRefundUnknown c ->
                    refund.how() == How.UNKNOWN ? accept() : accept(new RefundUnknown(deal, c.attempt(), now));
                case Release _, OfTransfer _ -> reject(CALLED_OFF);
            };
        }

        Refunding now(PendingCall changed) {
            return new Refunding(deal, payment, changed);
        }
    }

    record Refunded(EscrowDeal deal, Payment payment, String refundId) implements Escrow {
        private Decision<EscrowEvent, EscrowRejection> answer(EscrowCommand command) {
            return switch (command) {
                case EscrowCommand.Open _, OfCharge _ -> funded(command, deal, payment);
                case Fund c -> deal.binds(c.by()) ? reject(CALLED_OFF) : reject(NOT_YOURS);
                case RecordRefunded c when !c.refundId().equals(refundId) -> reject(UNEXPECTED_PAYMENT);
                case CallOff _, Retry _, OfRefund _ -> accept();
                case Release _, OfTransfer _ -> reject(CALLED_OFF);
            };
        }
    }

    /** @param attempts to charge the client that were made before */
    record Off(EscrowDeal deal, int attempts) implements Escrow {
        private Decision<EscrowEvent, EscrowRejection> answer(EscrowCommand command, Instant now) {
            return switch (command) {
                case EscrowCommand.Open c -> repeated(c, deal);
                case Fund c -> deal.binds(c.by()) ? reject(CALLED_OFF) : reject(NOT_YOURS);
                case OfCharge c when !made(c.attempt(), attempts) -> reject(NO_SUCH_ATTEMPT);
                case RecordHeld c -> heldInVain(deal, c, now);
                case OfCharge _, CallOff _, Retry _ -> accept();
                case Release _, OfTransfer _, OfRefund _ -> reject(CALLED_OFF);
            };
        }
    }

    default Optional<EscrowDeal> agreed() {
        return switch (this) {
            case NotCreated _ -> Optional.empty();
            case Open e -> Optional.of(e.deal);
            case Funding e -> Optional.of(e.deal);
            case Held e -> Optional.of(e.deal);
            case Releasing e -> Optional.of(e.deal);
            case Released e -> Optional.of(e.deal);
            case Refunding e -> Optional.of(e.deal);
            case Refunded e -> Optional.of(e.deal);
            case Off e -> Optional.of(e.deal);
        };
    }

    default boolean isVisibleTo(String accountId) {
        return agreed().filter(it -> it.binds(accountId)).isPresent();
    }

    default Decision<EscrowEvent, EscrowRejection> decide(EscrowCommand command, Instant now) {
        return switch (this) {
            case NotCreated _ ->
                switch (command) {
                    case EscrowCommand.Open c -> accept(new Opened(c.deal(), now));
                    case Fund _, OfCharge _, Release _, Retry _, OfTransfer _, CallOff _, OfRefund _ ->
                        reject(NOT_OPENED);
                };
            case Open e -> e.answer(command, now);
            case Funding e -> e.answer(command, now);
            case Held e -> e.answer(command, now);
            case Releasing e -> e.answer(command, now);
            case Released e -> e.answer(command);
            case Refunding e -> e.answer(command, now);
            case Refunded e -> e.answer(command);
            case Off e -> e.answer(command, now);
        };
    }

    private static boolean made(int attempt, int last) {
        return 1 <= attempt && attempt <= last;
    }

    private static Decision<EscrowEvent, EscrowRejection> repeated(EscrowCommand.Open c, EscrowDeal deal) {
        return c.deal().equals(deal) ? accept() : reject(OPENED_OTHERWISE);
    }

    private static Decision<EscrowEvent, EscrowRejection> notThePayer(Fund c, EscrowDeal deal) {
        return reject(deal.binds(c.by()) ? NOT_YOUR_PART : NOT_YOURS);
    }

    /** What an escrow that has its money answers to whatever still concerns the charge. */
    private static Decision<EscrowEvent, EscrowRejection> funded(
            EscrowCommand command, EscrowDeal deal, Payment payment) {
        return switch (command) {
            case EscrowCommand.Open c -> repeated(c, deal);
            case Fund c when !c.by().equals(deal.clientId()) -> notThePayer(c, deal);
            case Fund c -> c.request().equals(payment.request()) ? accept() : reject(ALREADY_FUNDED);
            case RecordHeld c when !c.paymentId().equals(payment.id()) -> reject(UNEXPECTED_PAYMENT);
            case OfCharge _ -> accept();
            case Release _, Retry _, OfTransfer _, CallOff _, OfRefund _ -> reject(NOT_HELD);
        };
    }

    /** The money came when the contract was off already: it is taken note of and goes straight back. */
    private static Decision<EscrowEvent, EscrowRejection> heldInVain(EscrowDeal deal, RecordHeld c, Instant now) {
        return accept(
                new MoneyHeld(deal, c.attempt(), c.paymentId(), now), new RefundStarted(deal, 1, c.paymentId(), now));
    }

    default Escrow evolve(EscrowEvent event) {
        return EscrowEvolution.evolve(this, event);
    }
}
