package io.guildhall.domain.contract;

import static io.guildhall.domain.contract.ContractRejection.*;
import static io.guildhall.domain.contract.Milestone.Status.*;
import static io.guildhall.kernel.Decision.accept;
import static io.guildhall.kernel.Decision.reject;

import io.guildhall.domain.contract.Contract.Sheet;
import io.guildhall.domain.contract.ContractCommand.*;
import io.guildhall.domain.contract.ContractEvent.*;
import io.guildhall.kernel.Decision;
import java.time.Instant;

/**
 * The life of a milestone: pending, funded, submitted (perhaps sent back and submitted again), accepted, paid. What the money's side reports
 * again is confirmed with nothing to record.
 */
final class MilestoneLifecycle {
    private MilestoneLifecycle() {}

    static Decision<ContractEvent, ContractRejection> decide(OfMilestone command, Sheet sheet, Instant now) {
        var deal = sheet.deal();
        return switch (command) {
            case Submit c when !c.by().equals(deal.freelancerId()) -> stranger(c.by(), deal);
            case OfClient c when !c.by().equals(deal.clientId()) -> stranger(c.by(), deal);
            case Submit _, OfClient _, MarkFunded _, MarkPaid _ ->
                sheet.milestone(command.number())
                        .map(it -> decide(command, sheet, it, now))
                        .orElse(reject(NO_SUCH_MILESTONE));
        };
    }

    private static Decision<ContractEvent, ContractRejection> decide(
            OfMilestone command, Sheet sheet, Milestone m, Instant now) {
        var deal = sheet.deal();
        return switch (m.status()) {
            case PENDING ->
                switch (command) {
                    case MarkFunded _ -> accept(new MilestoneFunded(deal, m.number(), m.title(), m.amount(), now));
                    case Submit _, OfClient _, MarkPaid _ -> reject(NOT_FUNDED);
                };
            case FUNDED, CHANGES_REQUESTED ->
                switch (command) {
                    case MarkFunded _ -> accept();
                    case Submit c -> accept(new WorkSubmitted(deal, m.number(), m.title(), c.note(), now));
                    case RequestChanges c
                    when m.status() == CHANGES_REQUESTED && c.note().equals(m.note()) -> accept();
                    case OfClient _ -> reject(NOT_SUBMITTED);
                    case MarkPaid _ -> reject(NOT_ACCEPTED);
                };
            case SUBMITTED ->
                switch (command) {
                    case MarkFunded _ -> accept();
                    case Submit c when c.note().equals(m.note()) -> accept();
                    case Submit c -> accept(new WorkSubmitted(deal, m.number(), m.title(), c.note(), now));
                    case RequestChanges c -> accept(new ChangesRequested(deal, m.number(), m.title(), c.note(), now));
                    case Accept _ -> accept(new MilestoneAccepted(deal, m.number(), m.title(), m.amount(), now));
                    case MarkPaid _ -> reject(NOT_ACCEPTED);
                };
            case ACCEPTED ->
                switch (command) {
                    case MarkFunded _, Accept _ -> accept();
                    case Submit _, RequestChanges _ -> reject(ALREADY_ACCEPTED);
                    case MarkPaid _ -> paid(sheet, m, now);
                };
            case PAID ->
                switch (command) {
                    case MarkFunded _, Accept _, MarkPaid _ -> accept();
                    case Submit _, RequestChanges _ -> reject(ALREADY_ACCEPTED);
                };
        };
    }

    private static Decision<ContractEvent, ContractRejection> paid(Sheet sheet, Milestone m, Instant now) {
        var paid = new MilestonePaid(sheet.deal(), m.number(), m.title(), m.amount(), now);
        var last = sheet.milestones().stream().allMatch(it -> it.number() == m.number() || it.status() == PAID);
        return last ? accept(paid, new Completed(sheet.deal(), now)) : accept(paid);
    }

    static Decision<ContractEvent, ContractRejection> refuse(OfMilestone command, Deal deal, ContractRejection why) {
        return switch (command) {
            case Submit c when !deal.binds(c.by()) -> reject(NOT_YOURS);
            case OfClient c when !deal.binds(c.by()) -> reject(NOT_YOURS);
            case Submit _, OfClient _, MarkFunded _, MarkPaid _ -> reject(why);
        };
    }

    private static Decision<ContractEvent, ContractRejection> stranger(String by, Deal deal) {
        return reject(deal.binds(by) ? NOT_YOUR_PART : NOT_YOURS);
    }

    static Sheet evolve(Sheet sheet, ContractEvent event) {
        return switch (event) {
            case MilestoneFunded e -> replaced(sheet, at(sheet, e.number()).now(FUNDED));
            case WorkSubmitted e -> replaced(sheet, at(sheet, e.number()).now(SUBMITTED, e.note()));
            case ChangesRequested e -> replaced(sheet, at(sheet, e.number()).now(CHANGES_REQUESTED, e.note()));
            case MilestoneAccepted e -> replaced(sheet, at(sheet, e.number()).now(ACCEPTED));
            case MilestonePaid e -> replaced(sheet, at(sheet, e.number()).now(PAID));
            case Drawn _, Completed _, Cancelled _ -> sheet;
        };
    }

    private static Milestone at(Sheet sheet, int number) {
        return sheet.milestones().get(number - 1);
    }

    private static Sheet replaced(Sheet sheet, Milestone changed) {
        return new Sheet(
                sheet.deal(),
                sheet.milestones().stream()
                        .map(it -> it.number() == changed.number() ? changed : it)
                        .toList());
    }
}
