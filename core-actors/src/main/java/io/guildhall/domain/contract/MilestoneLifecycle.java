package io.guildhall.domain.contract;

import static io.guildhall.domain.contract.ContractRejection.*;
import static io.guildhall.domain.contract.Milestone.Status.*;
import static io.guildhall.kernel.Decision.accept;
import static io.guildhall.kernel.Decision.reject;

import io.guildhall.domain.contract.Contract.Details;
import io.guildhall.domain.contract.ContractCommand.*;
import io.guildhall.domain.contract.ContractEvent.*;
import io.guildhall.kernel.Decision;
import java.time.Instant;

/**
 * The status of a milestone: pending, funded, submitted (possibly returned with requested changes and submitted again),
 * accepted, paid. A repeated report of a payment is accepted and records nothing.
 */
final class MilestoneLifecycle {
    private MilestoneLifecycle() {}

    static Decision<ContractEvent, ContractRejection> decide(MilestoneCommand command, Details details, Instant now) {
        var deal = details.deal();
        return switch (command) {
            case Submit submit when !submit.by().equals(deal.freelancerId()) -> notAllowed(submit.by(), deal);
            case ClientCommand clientCommand
            when !clientCommand.by().equals(deal.clientId()) -> notAllowed(clientCommand.by(), deal);
            case Submit _, ClientCommand _, MarkFunded _, MarkPaid _ ->
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
                    case Submit _, ClientCommand _, MarkPaid _ -> reject(NOT_FUNDED);
                };
            case FUNDED, CHANGES_REQUESTED ->
                switch (command) {
                    case MarkFunded _ -> accept();
                    case Submit submit ->
                        accept(new WorkSubmitted(deal, milestone.number(), milestone.title(), submit.note(), now));
                    case RequestChanges requestChanges
                    when milestone.status() == CHANGES_REQUESTED
                            && requestChanges.note().equals(milestone.note()) -> accept();
                    case ClientCommand _ -> reject(NOT_SUBMITTED);
                    case MarkPaid _ -> reject(NOT_ACCEPTED);
                };
            case SUBMITTED ->
                switch (command) {
                    case MarkFunded _ -> accept();
                    case Submit submit when submit.note().equals(milestone.note()) -> accept();
                    case Submit submit ->
                        accept(new WorkSubmitted(deal, milestone.number(), milestone.title(), submit.note(), now));
                    case RequestChanges requestChanges ->
                        accept(new ChangesRequested(
                                deal, milestone.number(), milestone.title(), requestChanges.note(), now));
                    case Accept _ ->
                        accept(new MilestoneAccepted(
                                deal, milestone.number(), milestone.title(), milestone.amount(), now));
                    case MarkPaid _ -> reject(NOT_ACCEPTED);
                };
            case ACCEPTED ->
                switch (command) {
                    case MarkFunded _, Accept _ -> accept();
                    case Submit _, RequestChanges _ -> reject(ALREADY_ACCEPTED);
                    case MarkPaid _ -> paid(details, milestone, now);
                };
            case PAID ->
                switch (command) {
                    case MarkFunded _, Accept _, MarkPaid _ -> accept();
                    case Submit _, RequestChanges _ -> reject(ALREADY_ACCEPTED);
                };
        };
    }

    private static Decision<ContractEvent, ContractRejection> paid(Details details, Milestone milestone, Instant now) {
        var paid = new MilestonePaid(details.deal(), milestone.number(), milestone.title(), milestone.amount(), now);
        boolean isLast =
                details.milestones().stream().allMatch(it -> it.number() == milestone.number() || it.status() == PAID);
        return isLast ? accept(paid, new Completed(details.deal(), now)) : accept(paid);
    }

    static Decision<ContractEvent, ContractRejection> rejectAll(
            MilestoneCommand command, Deal deal, ContractRejection reason) {
        return switch (command) {
            case Submit submit when !deal.hasParty(submit.by()) -> reject(NOT_YOURS);
            case ClientCommand clientCommand when !deal.hasParty(clientCommand.by()) -> reject(NOT_YOURS);
            case Submit _, ClientCommand _, MarkFunded _, MarkPaid _ -> reject(reason);
        };
    }

    private static Decision<ContractEvent, ContractRejection> notAllowed(String by, Deal deal) {
        return reject(deal.hasParty(by) ? OTHER_PARTY_ONLY : NOT_YOURS);
    }

    static Details evolve(Details details, ContractEvent event) {
        return switch (event) {
            case MilestoneFunded milestoneFunded ->
                replace(details, find(details, milestoneFunded.number()).with(FUNDED));
            case WorkSubmitted workSubmitted ->
                replace(details, find(details, workSubmitted.number()).with(SUBMITTED, workSubmitted.note()));
            case ChangesRequested changesRequested ->
                replace(
                        details,
                        find(details, changesRequested.number()).with(CHANGES_REQUESTED, changesRequested.note()));
            case MilestoneAccepted milestoneAccepted ->
                replace(details, find(details, milestoneAccepted.number()).with(ACCEPTED));
            case MilestonePaid milestonePaid ->
                replace(details, find(details, milestonePaid.number()).with(PAID));
            case Created _, Completed _, Cancelled _ -> details;
        };
    }

    private static Milestone find(Details details, int number) {
        return details.milestones().get(number - 1);
    }

    private static Details replace(Details details, Milestone changed) {
        return new Details(
                details.deal(),
                details.milestones().stream()
                        .map(it -> it.number() == changed.number() ? changed : it)
                        .toList());
    }
}
