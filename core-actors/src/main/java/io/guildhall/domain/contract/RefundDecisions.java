package io.guildhall.domain.contract;

import static io.guildhall.domain.contract.ContractRejection.*;
import static io.guildhall.kernel.Decision.accept;
import static io.guildhall.kernel.Decision.reject;

import io.guildhall.domain.contract.Contract.Details;
import io.guildhall.domain.contract.ContractCommand.*;
import io.guildhall.domain.contract.ContractEvent.*;
import io.guildhall.domain.contract.HeldMoney.SettlementDecision;
import io.guildhall.domain.contract.HeldMoney.SettlementDecision.Method;
import io.guildhall.domain.escrow.Settlement;
import io.guildhall.kernel.Decision;
import io.guildhall.kernel.Money;
import java.time.Instant;
import java.util.Optional;

/**
 * Refund requests and splits of a milestone whose money is held. The client asks for a refund, or the freelancer offers
 * one; the other party agrees or declines. The freelancer's silence agrees to the client's request; the client's silence
 * never agrees to an offer. A submission answers a request as well. What is not refunded is released. An admin can decide
 * at any time.
 *
 * @param milestone funded, and neither accepted nor settled
 */
record RefundDecisions(Details details, Milestone milestone, Instant now) {

    Decision<ContractEvent, ContractRejection> decide(RefundCommand command) {
        return switch (command) {
            case RequestRefund request -> request(request);
            case RequestCommand onRequest ->
                money().request()
                        .filter(it -> it.number() == onRequest.request())
                        .map(it -> decide(onRequest, it))
                        .orElseGet(() -> reject(NO_SUCH_REQUEST));
        };
    }

    private HeldMoney money() {
        return details.held(milestone.number());
    }

    private Decision<ContractEvent, ContractRejection> request(RequestRefund command) {
        var amount = amount(command.amount());
        return money().request()
                .map(open -> isRepeated(command, amount, open)
                        ? Decision.<ContractEvent, ContractRejection>accept()
                        : Decision.<ContractEvent, ContractRejection>reject(REFUND_REQUESTED))
                .orElseGet(() -> amount.<Decision<ContractEvent, ContractRejection>>map(it -> open(command, it))
                        .orElseGet(() -> reject(INVALID_AMOUNT)));
    }

    /** Empty if not so much can be refunded. */
    private Optional<Money> amount(Optional<Long> requested) {
        long amount = requested.orElse(milestone.amount().amount());
        return Optional.of(amount)
                .filter(it -> it > 0 && it <= milestone.amount().amount())
                .map(it -> new Money(it, milestone.amount().currency()))
                .filter(it -> divides(Settlement.refunding(it, milestone.amount())));
    }

    private boolean divides(Settlement settlement) {
        return settlement.divides(milestone.amount(), details.deal().feeBasisPoints());
    }

    private static boolean isRepeated(RequestRefund command, Optional<Money> amount, RefundRequest open) {
        return open.isBy(command.by())
                && open.reason().equals(command.reason())
                && amount.equals(Optional.of(open.amount()));
    }

    private Decision<ContractEvent, ContractRejection> open(RequestRefund command, Money amount) {
        boolean isByClient = command.by().equals(details.deal().clientId());
        var requests = money().refundRequests();
        int limit = details.rules().orElse(EscrowRules.STANDARD).refundRequestLimit();
        if ((isByClient ? requests.byClient() : requests.byFreelancer()) >= limit) return reject(REQUEST_LIMIT_REACHED);
        var request = new RefundRequest(money().requests() + 1, command.by(), amount, command.reason(), now);
        Decision<ContractEvent, ContractRejection> requested =
                accept(new RefundRequested(details.deal(), milestone.number(), milestone.title(), request, now));
        return isByClient ? requested.and(SilenceDecisions.startRefundPeriod(details, milestone, now)) : requested;
    }

    private Decision<ContractEvent, ContractRejection> decide(RequestCommand command, RefundRequest request) {
        return switch (command) {
            case AcceptRefund accept when request.isBy(accept.by()) -> reject(OTHER_PARTY_ONLY);
            case AcceptRefund accept -> agree(request, Method.AGREED, accept.by());
            case DeclineRefund decline when request.isBy(decline.by()) -> reject(OTHER_PARTY_ONLY);
            case DeclineRefund decline -> closing(request, declined(request, decline.reason()));
            case WithdrawRefund withdraw when !request.isBy(withdraw.by()) -> reject(OTHER_PARTY_ONLY);
            case WithdrawRefund _ -> closing(request, withdrawn(request));
        };
    }

    private Decision<ContractEvent, ContractRejection> closing(RefundRequest request, ContractEvent closed) {
        Decision<ContractEvent, ContractRejection> decision = accept(closed);
        return milestone.status() == Milestone.Status.SUBMITTED
                ? decision.and(SilenceDecisions.resumeAcceptancePeriod(details, milestone, request, now))
                : decision;
    }

    /** A submission answers the open request: it declines the client's, and withdraws the freelancer's own. */
    Decision<ContractEvent, ContractRejection> answerBySubmission(Submit command) {
        return money().request()
                .map(it -> Decision.<ContractEvent, ContractRejection>accept(
                        it.isBy(command.by()) ? withdrawn(it) : declined(it, command.note())))
                .orElseGet(Decision::accept);
    }

    private RefundDeclined declined(RefundRequest request, String reason) {
        return new RefundDeclined(details.deal(), milestone.number(), milestone.title(), request, reason, now);
    }

    private RefundWithdrawn withdrawn(RefundRequest request) {
        return new RefundWithdrawn(details.deal(), milestone.number(), milestone.title(), request, now);
    }

    Decision<ContractEvent, ContractRejection> agree(RefundRequest request, Method method, String by) {
        var settlement = Settlement.refunding(request.amount(), milestone.amount());
        return settle(new SettlementDecision(settlement, method, by, request.reason()));
    }

    Decision<ContractEvent, ContractRejection> split(Split command) {
        if (command.refund() < 0 || command.release() < 0) return reject(INVALID_AMOUNT);
        var currency = milestone.amount().currency();
        var settlement = new Settlement(new Money(command.refund(), currency), new Money(command.release(), currency));
        return divides(settlement)
                ? settle(new SettlementDecision(settlement, Method.ADMIN, command.by(), command.reason()))
                : reject(INVALID_AMOUNT);
    }

    private Decision<ContractEvent, ContractRejection> settle(SettlementDecision decision) {
        return accept(new SettlementDecided(details.deal(), milestone.number(), milestone.title(), decision, now));
    }
}
