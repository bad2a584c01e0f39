package io.guildhall.domain.contract;

import static io.guildhall.domain.contract.ContractRejection.*;
import static io.guildhall.domain.contract.Milestone.Status.*;
import static io.guildhall.kernel.Decision.accept;
import static io.guildhall.kernel.Decision.reject;

import io.guildhall.domain.contract.Contract.Details;
import io.guildhall.domain.contract.ContractCommand.*;
import io.guildhall.domain.contract.ContractEvent.*;
import io.guildhall.domain.contract.HeldMoney.SettlementDecision;
import io.guildhall.kernel.Decision;
import java.time.Instant;

/**
 * Decides about milestones. A milestone is pending, funded, submitted (possibly returned with requested changes and
 * submitted again), accepted and paid; or settled by a refund or a split while its money is held. A repeated report of a
 * payment is accepted and records nothing.
 */
final class MilestoneLifecycle {
    private MilestoneLifecycle() {}

    static Decision<ContractEvent, ContractRejection> decide(MilestoneCommand command, Details details, Instant now) {
        var deal = details.deal();
        return switch (command) {
            case Submit submit when !submit.by().equals(deal.freelancerId()) -> notAllowed(submit.by(), deal);
            case ClientCommand clientCommand
            when !clientCommand.by().equals(deal.clientId()) -> notAllowed(clientCommand.by(), deal);
            case RefundCommand refund when !deal.hasParty(refund.by()) -> reject(NOT_YOURS);
            case Split split when deal.hasParty(split.by()) -> reject(OWN_CONTRACT);
            case Submit _,
                    ClientCommand _,
                    RefundCommand _,
                    Split _,
                    SilenceCommand _,
                    ReleaseCommand _,
                    MarkFunded _,
                    MarkPaid _,
                    MarkSettled _,
                    RecordRedirect _ ->
                details.milestone(command.number())
                        .map(it -> decide(command, details, it, now))
                        .orElse(reject(NO_SUCH_MILESTONE));
        };
    }

    private static Decision<ContractEvent, ContractRejection> decide(
            MilestoneCommand command, Details details, Milestone milestone, Instant now) {
        var deal = details.deal();
        return switch (milestone.status()) {
            case PENDING ->
                switch (command) {
                    case MarkFunded _ ->
                        accept(new MilestoneFunded(
                                deal, milestone.number(), milestone.title(), milestone.amount(), now));
                    case Submit _, ClientCommand _, RefundCommand _, Split _, MarkPaid _, MarkSettled _ ->
                        reject(NOT_FUNDED);
                    case SilenceCommand _, ReleaseCommand _ -> accept();
                    case RecordRedirect _ -> reject(NOT_SETTLED);
                };
            case FUNDED, CHANGES_REQUESTED ->
                switch (command) {
                    case MarkFunded _, ReleaseCommand _ -> accept();
                    case Submit submit -> submit(submit, details, milestone, now);
                    case RequestChanges requestChanges
                    when milestone.status() == CHANGES_REQUESTED
                            && requestChanges.note().equals(milestone.note()) -> accept();
                    case ClientCommand _ -> reject(NOT_SUBMITTED);
                    case RefundCommand refund -> new RefundDecisions(details, milestone, now).decide(refund);
                    case Split split -> new RefundDecisions(details, milestone, now).split(split);
                    case SilenceCommand silence -> SilenceDecisions.decide(silence, details, milestone, now);
                    case MarkPaid _ -> reject(NOT_ACCEPTED);
                    case MarkSettled _, RecordRedirect _ -> reject(NOT_SETTLED);
                };
            case SUBMITTED ->
                switch (command) {
                    case MarkFunded _, ReleaseCommand _ -> accept();
                    case Submit submit when submit.note().equals(milestone.note()) -> accept();
                    case Submit submit -> submit(submit, details, milestone, now);
                    case RequestChanges requestChanges ->
                        accept(new ChangesRequested(
                                deal, milestone.number(), milestone.title(), requestChanges.note(), now));
                    case Accept _
                    when details.held(milestone.number()).request().isPresent() -> reject(REFUND_REQUESTED);
                    case Accept _ ->
                        accept(new MilestoneAccepted(
                                deal, milestone.number(), milestone.title(), milestone.amount(), now));
                    case RefundCommand refund -> new RefundDecisions(details, milestone, now).decide(refund);
                    case Split split -> new RefundDecisions(details, milestone, now).split(split);
                    case SilenceCommand silence -> SilenceDecisions.decide(silence, details, milestone, now);
                    case MarkPaid _ -> reject(NOT_ACCEPTED);
                    case MarkSettled _, RecordRedirect _ -> reject(NOT_SETTLED);
                };
            case ACCEPTED ->
                switch (command) {
                    case MarkFunded _, Accept _, SilenceCommand _ -> accept();
                    case Split split
                    when canBeSplit(details.held(milestone.number()), split) ->
                        new RefundDecisions(details, milestone, now).split(split);
                    case Submit _, RequestChanges _, RefundCommand _, Split _ -> reject(ALREADY_ACCEPTED);
                    case ReleaseCommand release -> release(release, details, milestone, now);
                    case MarkPaid _ -> paid(details, milestone, now);
                    case MarkSettled _, RecordRedirect _ -> reject(NOT_SETTLED);
                };
            case SETTLING ->
                switch (command) {
                    case MarkFunded _, SilenceCommand _ -> accept();
                    case ReleaseCommand release -> release(release, details, milestone, now);
                    case Split split
                    when confirms(details.held(milestone.number()), split) ->
                        new RefundDecisions(details, milestone, now).split(split);
                    case Submit _, ClientCommand _, RefundCommand _, Split _ ->
                        alreadySettled(command, details, milestone);
                    case MarkPaid _ -> paid(details, milestone, now);
                    case MarkSettled _ -> settled(details, milestone, now);
                    case RecordRedirect redirect -> redirected(redirect, details, milestone, now);
                };
            case PAID ->
                switch (command) {
                    case MarkFunded _,
                            Accept _,
                            SilenceCommand _,
                            ReleaseCommand _,
                            MarkPaid _,
                            MarkSettled _,
                            RecordRedirect _ -> accept();
                    case Submit _, RequestChanges _, RefundCommand _, Split _ -> reject(ALREADY_ACCEPTED);
                };
            case REFUNDED, SPLIT ->
                switch (command) {
                    case MarkFunded _,
                            SilenceCommand _,
                            ReleaseCommand _,
                            MarkPaid _,
                            MarkSettled _,
                            RecordRedirect _ -> accept();
                    case Submit _, ClientCommand _, RefundCommand _, Split _ ->
                        alreadySettled(command, details, milestone);
                };
        };
    }

    private static Decision<ContractEvent, ContractRejection> submit(
            Submit command, Details details, Milestone milestone, Instant now) {
        return new RefundDecisions(details, milestone, now)
                .answerBySubmission(command)
                .and(accept(
                        new WorkSubmitted(details.deal(), milestone.number(), milestone.title(), command.note(), now)))
                .and(SilenceDecisions.startAcceptancePeriod(details, milestone, now));
    }

    /** A repeated decision is accepted. */
    private static Decision<ContractEvent, ContractRejection> alreadySettled(
            MilestoneCommand command, Details details, Milestone milestone) {
        var money = details.held(milestone.number());
        boolean isRepeated = money.settlement()
                .filter(it -> switch (command) {
                    case AcceptRefund accept ->
                        it.method() == SettlementDecision.Method.AGREED
                                && it.by().equals(accept.by())
                                && accept.request() == money.requests();
                    case Split split ->
                        it.method() == SettlementDecision.Method.ADMIN
                                && it.settlement().isOf(split.refund(), split.release());
                    case Submit _,
                            ClientCommand _,
                            RefundCommand _,
                            SilenceCommand _,
                            ReleaseCommand _,
                            MarkFunded _,
                            MarkPaid _,
                            MarkSettled _,
                            RecordRedirect _ -> false;
                })
                .isPresent();
        return isRepeated ? accept() : reject(ALREADY_SETTLED);
    }

    /** A release that is held or refused can be replaced by a split; a refused one not by another release. */
    private static boolean canBeSplit(HeldMoney money, Split command) {
        return money.release().isHeld() || (money.release().isStalled() && command.refund() != 0);
    }

    /** A part that waits because the freelancer is suspended can be released as the parties have agreed. */
    private static boolean confirms(HeldMoney money, Split command) {
        return money.release().isHeld()
                && !isDecidedByAdmin(money)
                && money.settlement()
                        .filter(it -> it.settlement().isOf(command.refund(), command.release()))
                        .isPresent();
    }

    private static boolean isDecidedByAdmin(HeldMoney money) {
        return money.settlement()
                .filter(it -> it.method() == SettlementDecision.Method.ADMIN)
                .isPresent();
    }

    private static Decision<ContractEvent, ContractRejection> release(
            ReleaseCommand command, Details details, Milestone milestone, Instant now) {
        var money = details.held(milestone.number());
        boolean isHeld = money.release().isHeld();
        var amount = money.settlement().map(it -> it.settlement().release()).orElse(milestone.amount());
        return switch (command) {
            case MarkReleaseStalled _ when money.release().isStalled() -> accept();
            // A part of the held money: an admin has already decided on it, or an operator ends it.
            case MarkReleaseStalled _ when milestone.status() == SETTLING -> accept();
            case MarkReleaseStalled _ ->
                accept(new ReleaseStalled(
                        details.deal(), milestone.number(), milestone.title(), milestone.amount(), now));
            case HoldRelease _ when isHeld || isDecidedByAdmin(money) -> accept();
            case HoldRelease _ ->
                accept(new ReleaseHeld(details.deal(), milestone.number(), milestone.title(), amount, now));
            case ResumeRelease _ when !isHeld -> accept();
            case ResumeRelease _ ->
                accept(new ReleaseResumed(details.deal(), milestone.number(), milestone.title(), amount, now));
        };
    }

    private static Decision<ContractEvent, ContractRejection> paid(Details details, Milestone milestone, Instant now) {
        return ending(
                details,
                milestone,
                new MilestonePaid(details.deal(), milestone.number(), milestone.title(), milestone.amount(), now),
                now);
    }

    private static Decision<ContractEvent, ContractRejection> settled(
            Details details, Milestone milestone, Instant now) {
        return details.held(milestone.number())
                .settlement()
                .map(it -> it.settlement().releasesAll()
                        ? paid(details, milestone, now)
                        : ending(
                                details,
                                milestone,
                                new MilestoneSettled(details.deal(), milestone.number(), milestone.title(), it, now),
                                now))
                .orElseGet(() -> reject(NOT_SETTLED));
    }

    private static Decision<ContractEvent, ContractRejection> redirected(
            RecordRedirect command, Details details, Milestone milestone, Instant now) {
        boolean isKnown = details.held(milestone.number())
                .settlement()
                .filter(it -> it.settlement().equals(command.settlement()))
                .isPresent();
        var decision = new SettlementDecision(
                command.settlement(), SettlementDecision.Method.ADMIN, command.by(), command.reason());
        return isKnown
                ? accept()
                : accept(new SettlementDecided(details.deal(), milestone.number(), milestone.title(), decision, now));
    }

    /**
     * Ends the contract with its last milestone: completed if the freelancer was paid for one of them, otherwise
     * cancelled.
     */
    private static Decision<ContractEvent, ContractRejection> ending(
            Details details, Milestone milestone, ContractEvent last, Instant now) {
        Decision<ContractEvent, ContractRejection> decision = accept(last);
        var after = MilestoneEvolution.evolve(details, last);
        if (!after.milestones().stream().allMatch(it -> it.status().hasEnded())) return decision;
        if (after.milestones().stream().anyMatch(it -> it.status() != REFUNDED))
            return decision.and(accept(new Completed(details.deal(), now)));
        var settlement = details.held(milestone.number()).settlement();
        return decision.and(accept(new Cancelled(
                details.deal(),
                settlement.map(SettlementDecision::by).orElse(""),
                settlement.map(SettlementDecision::reason).orElse(""),
                details.milestones().size(),
                now)));
    }

    static Decision<ContractEvent, ContractRejection> rejectAll(
            MilestoneCommand command, Deal deal, ContractRejection reason) {
        return switch (command) {
            case Submit submit when !deal.hasParty(submit.by()) -> reject(NOT_YOURS);
            case ClientCommand clientCommand when !deal.hasParty(clientCommand.by()) -> reject(NOT_YOURS);
            case RefundCommand refund when !deal.hasParty(refund.by()) -> reject(NOT_YOURS);
            case SilenceCommand _, ReleaseCommand _, MarkSettled _, RecordRedirect _ -> accept();
            case Submit _, ClientCommand _, RefundCommand _, Split _, MarkFunded _, MarkPaid _ -> reject(reason);
        };
    }

    private static Decision<ContractEvent, ContractRejection> notAllowed(String by, Deal deal) {
        return reject(deal.hasParty(by) ? OTHER_PARTY_ONLY : NOT_YOURS);
    }
}
