package io.guildhall.domain.contract;

import static io.guildhall.domain.contract.ContractRejection.*;
import static io.guildhall.kernel.Decision.accept;
import static io.guildhall.kernel.Decision.reject;

import io.guildhall.domain.contract.Contract.Details;
import io.guildhall.domain.contract.ContractCommand.*;
import io.guildhall.domain.contract.ContractEvent.*;
import io.guildhall.domain.contract.HeldMoney.SettlementDecision.Method;
import io.guildhall.domain.contract.SilencePeriod.Warning;
import io.guildhall.kernel.Decision;
import java.time.Instant;
import java.util.Optional;

/**
 * The silence periods of a milestone: each warning is issued when it is due, and recorded once both parties were told.
 * The period ends after all of them. A command about a period that is over changes nothing.
 */
final class SilenceDecisions {
    private SilenceDecisions() {}

    static Decision<ContractEvent, ContractRejection> startAcceptancePeriod(
            Details details, Milestone milestone, Instant now) {
        return details.rules()
                .map(it -> start(details, milestone, SilencePeriod.acceptance(next(details, milestone), it, now)))
                .orElseGet(Decision::accept);
    }

    /** After a refund request, submitted work waits for the client again, for the remaining part of the period. */
    static Decision<ContractEvent, ContractRejection> resumeAcceptancePeriod(
            Details details, Milestone milestone, RefundRequest closed, Instant now) {
        return details.held(milestone.number())
                .refundRequests()
                .interrupted()
                .map(it -> start(details, milestone, it.resumed(next(details, milestone), closed.at(), now)))
                .orElseGet(() -> startAcceptancePeriod(details, milestone, now));
    }

    static Decision<ContractEvent, ContractRejection> startRefundPeriod(
            Details details, Milestone milestone, Instant now) {
        return details.rules()
                .map(it -> start(details, milestone, SilencePeriod.refund(next(details, milestone), it, now)))
                .orElseGet(Decision::accept);
    }

    private static int next(Details details, Milestone milestone) {
        return details.held(milestone.number()).silencePeriods().count() + 1;
    }

    private static Decision<ContractEvent, ContractRejection> start(
            Details details, Milestone milestone, SilencePeriod period) {
        return accept(
                new SilenceStarted(details.deal(), milestone.number(), milestone.title(), period, period.startedAt()));
    }

    static Decision<ContractEvent, ContractRejection> decide(
            SilenceCommand command, Details details, Milestone milestone, Instant now) {
        var money = details.held(milestone.number());
        return money.silence()
                .filter(it -> it.number() == command.period())
                .map(period -> switch (command) {
                    case IssueWarning issue -> issue(issue, details, milestone, period, now);
                    case RecordWarningTold told -> record(told, details, milestone, period, now);
                    case EndSilence _ ->
                        period.hasEnded(now)
                                ? end(details, milestone, period, now)
                                : Decision.<ContractEvent, ContractRejection>reject(NOT_DUE);
                })
                .orElseGet(Decision::accept);
    }

    private static Decision<ContractEvent, ContractRejection> issue(
            IssueWarning command, Details details, Milestone milestone, SilencePeriod period, Instant now) {
        boolean isIssued = details.held(milestone.number()).issued().equals(Optional.of(command.days()));
        if (isIssued || period.isTold(command.days())) return accept();
        boolean isDue = period.nextWarning().equals(Optional.of(command.days())) && !now.isBefore(period.nextStepAt());
        return isDue
                ? accept(new WarningIssued(
                        details.deal(), milestone.number(), milestone.title(), period, command.days(), now))
                : reject(NOT_DUE);
    }

    private static Decision<ContractEvent, ContractRejection> record(
            RecordWarningTold command, Details details, Milestone milestone, SilencePeriod period, Instant now) {
        if (period.isTold(command.days())) return accept();
        return details.held(milestone.number()).issued().equals(Optional.of(command.days()))
                ? accept(new WarningTold(
                        details.deal(),
                        milestone.number(),
                        milestone.title(),
                        period.withTold(new Warning(command.days(), now)),
                        command.days(),
                        now))
                : reject(NOT_DUE);
    }

    private static Decision<ContractEvent, ContractRejection> end(
            Details details, Milestone milestone, SilencePeriod period, Instant now) {
        return switch (period.kind()) {
            case ACCEPTANCE ->
                accept(new AcceptedBySilence(
                        details.deal(), milestone.number(), milestone.title(), milestone.amount(), now));
            case REFUND ->
                details.held(milestone.number())
                        .request()
                        .map(it -> new RefundDecisions(details, milestone, now).agree(it, Method.SILENCE, it.by()))
                        .orElseGet(Decision::accept);
        };
    }
}
