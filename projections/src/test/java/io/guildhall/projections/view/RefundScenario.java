package io.guildhall.projections.view;

import static io.guildhall.projections.view.HireScenario.ANN;
import static io.guildhall.projections.view.HireScenario.CLIENT;
import static io.guildhall.testing.DealBuilder.aDeal;

import io.guildhall.domain.contract.Contract;
import io.guildhall.domain.contract.ContractCommand;
import io.guildhall.domain.contract.EscrowRules;
import io.guildhall.domain.contract.Milestone;
import io.guildhall.domain.escrow.Escrow;
import io.guildhall.domain.escrow.EscrowCommand;
import io.guildhall.domain.escrow.Settlement;
import io.guildhall.kernel.Money;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Contracts whose milestones are refunded, split, accepted by silence, or wait for an answer. */
public final class RefundScenario {
    public static final String SPLIT = "ctr_91",
            REQUESTED = "ctr_92",
            SILENT = "ctr_93",
            REFUSED = "ctr_94",
            REDIRECTED = "ctr_96";
    public static final String ADMIN = "acc_admin";
    private static final Money PRICE = new Money(1_000, "USD");

    private RefundScenario() {}

    /** @param text of the requests and decisions */
    public static EventStory addAll(EventStory story, String text) {
        split(story, text);
        requested(story, text);
        silent(story, text);
        refused(story, text);
        redirected(story, text);
        return story;
    }

    private static EventStory funded(EventStory story, String contract, String title) {
        var deal = aDeal().between(CLIENT, ANN).titled(title).priced(PRICE).build();
        var milestones = List.of(Milestone.pending(1, title, PRICE, 3));
        return story.execute(
                        Contract.AGGREGATE,
                        contract,
                        new ContractCommand.Create(deal, milestones, Optional.of(EscrowRules.STANDARD)))
                .execute(Contract.AGGREGATE, contract, new ContractCommand.MarkFunded(1));
    }

    /** Declined, requested again and withdrawn, offered, and decided by an admin. */
    private static void split(EventStory story, String text) {
        var escrow = Escrow.id(SPLIT, 1);
        var deal = aDeal().between(CLIENT, ANN).titled(text).priced(PRICE).buildEscrow(SPLIT, 1);
        var settlement = Settlement.refunding(new Money(400, "USD"), PRICE);
        funded(story, SPLIT, text)
                .execute(Contract.AGGREGATE, SPLIT, new ContractCommand.Submit(ANN, 1, text))
                .execute(Contract.AGGREGATE, SPLIT, request(CLIENT, text))
                .execute(Contract.AGGREGATE, SPLIT, new ContractCommand.DeclineRefund(ANN, 1, 1, text))
                .execute(Contract.AGGREGATE, SPLIT, request(CLIENT, text))
                .execute(Contract.AGGREGATE, SPLIT, new ContractCommand.WithdrawRefund(CLIENT, 1, 2))
                .execute(Contract.AGGREGATE, SPLIT, request(ANN, text))
                .execute(Contract.AGGREGATE, SPLIT, new ContractCommand.Split(ADMIN, 1, 400, 600, text))
                .execute(Escrow.AGGREGATE, escrow, new EscrowCommand.Open(deal))
                .execute(Escrow.AGGREGATE, escrow, new EscrowCommand.Fund(CLIENT, "pm_card_visa", "req_1"))
                .execute(Escrow.AGGREGATE, escrow, new EscrowCommand.RecordHeld(1, "pi_91", PRICE))
                .execute(Escrow.AGGREGATE, escrow, new EscrowCommand.Settle(settlement))
                .execute(Escrow.AGGREGATE, escrow, new EscrowCommand.RecordReleased(1, "tr_91", new Money(570, "USD")))
                .execute(Escrow.AGGREGATE, escrow, new EscrowCommand.RecordRefunded(1, "re_91", settlement.refund()))
                .execute(Contract.AGGREGATE, SPLIT, new ContractCommand.MarkSettled(1));
    }

    private static ContractCommand request(String by, String text) {
        return new ContractCommand.RequestRefund(by, 1, Optional.of(300L), text);
    }

    /** A request that waits for its answer, after a warning. */
    private static void requested(EventStory story, String text) {
        funded(story, REQUESTED, text).execute(Contract.AGGREGATE, REQUESTED, request(CLIENT, text));
        story.now = story.now.plus(Duration.ofDays(4));
        story.execute(Contract.AGGREGATE, REQUESTED, new ContractCommand.IssueWarning(1, 1, 3))
                .execute(Contract.AGGREGATE, REQUESTED, new ContractCommand.RecordWarningTold(1, 1, 3));
    }

    /** Accepted work that the provider refuses to pay: an admin divides the money, and an operator settles both parts. */
    private static void refused(EventStory story, String text) {
        var escrow = Escrow.id(REFUSED, 1);
        var deal = aDeal().between(CLIENT, ANN).titled(text).priced(PRICE).buildEscrow(REFUSED, 1);
        funded(story, REFUSED, text)
                .execute(Contract.AGGREGATE, REFUSED, new ContractCommand.Submit(ANN, 1, text))
                .execute(Contract.AGGREGATE, REFUSED, new ContractCommand.Accept(CLIENT, 1))
                .execute(Escrow.AGGREGATE, escrow, new EscrowCommand.Open(deal))
                .execute(Escrow.AGGREGATE, escrow, new EscrowCommand.Fund(CLIENT, "pm_card_visa", "req_1"))
                .execute(Escrow.AGGREGATE, escrow, new EscrowCommand.RecordHeld(1, "pi_94", PRICE))
                .execute(Escrow.AGGREGATE, escrow, new EscrowCommand.Release());
        for (int attempt = 1; attempt <= 10; attempt++)
            story.execute(Escrow.AGGREGATE, escrow, new EscrowCommand.RetryTransfer())
                    .execute(Escrow.AGGREGATE, escrow, new EscrowCommand.RecordReleaseFailed(attempt, "rejected"));
        story.execute(Contract.AGGREGATE, REFUSED, new ContractCommand.MarkReleaseStalled(1))
                .execute(Contract.AGGREGATE, REFUSED, new ContractCommand.Split(ADMIN, 1, 400, 600, text))
                .execute(
                        Escrow.AGGREGATE,
                        escrow,
                        new EscrowCommand.Settle(Settlement.refunding(new Money(400, "USD"), PRICE)));
        for (int attempt = 1; attempt <= 10; attempt++)
            story.execute(Escrow.AGGREGATE, escrow, new EscrowCommand.RetryRefund())
                    .execute(Escrow.AGGREGATE, escrow, new EscrowCommand.RecordRefundFailed(attempt, "closed"));
        for (int attempt = 11; attempt <= 20; attempt++)
            story.execute(Escrow.AGGREGATE, escrow, new EscrowCommand.RetryTransfer())
                    .execute(Escrow.AGGREGATE, escrow, new EscrowCommand.RecordReleaseFailed(attempt, "rejected"));
        story.execute(Escrow.AGGREGATE, escrow, new EscrowCommand.SettleRefundOutside("operator", text))
                .execute(Escrow.AGGREGATE, escrow, new EscrowCommand.SettleTransferOutside("operator", text))
                .execute(Contract.AGGREGATE, REFUSED, new ContractCommand.MarkSettled(1));
    }

    /** The provider refuses the freelancer's part of a split, which goes to the client. */
    private static void redirected(EventStory story, String text) {
        var escrow = Escrow.id(REDIRECTED, 1);
        var deal = aDeal().between(CLIENT, ANN).titled(text).priced(PRICE).buildEscrow(REDIRECTED, 1);
        var settlement = Settlement.refunding(new Money(400, "USD"), PRICE);
        funded(story, REDIRECTED, text)
                .execute(Contract.AGGREGATE, REDIRECTED, new ContractCommand.Split(ADMIN, 1, 400, 600, text))
                .execute(Escrow.AGGREGATE, escrow, new EscrowCommand.Open(deal))
                .execute(Escrow.AGGREGATE, escrow, new EscrowCommand.Fund(CLIENT, "pm_card_visa", "req_1"))
                .execute(Escrow.AGGREGATE, escrow, new EscrowCommand.RecordHeld(1, "pi_96", PRICE))
                .execute(Escrow.AGGREGATE, escrow, new EscrowCommand.Settle(settlement))
                .execute(Escrow.AGGREGATE, escrow, new EscrowCommand.RecordRefunded(1, "re_96", settlement.refund()));
        for (int attempt = 1; attempt <= 10; attempt++)
            story.execute(Escrow.AGGREGATE, escrow, new EscrowCommand.RetryTransfer())
                    .execute(Escrow.AGGREGATE, escrow, new EscrowCommand.RecordReleaseFailed(attempt, "rejected"));
        story.execute(Escrow.AGGREGATE, escrow, new EscrowCommand.Redirect(ADMIN, EscrowCommand.Recipient.CLIENT, text))
                .execute(
                        Contract.AGGREGATE,
                        REDIRECTED,
                        new ContractCommand.RecordRedirect(1, Settlement.refunding(PRICE, PRICE), ADMIN, text))
                .execute(Escrow.AGGREGATE, escrow, new EscrowCommand.RecordRefunded(2, "re_97", settlement.release()))
                .execute(Contract.AGGREGATE, REDIRECTED, new ContractCommand.MarkSettled(1));
    }

    /** Submitted work that the client's silence accepts. */
    private static void silent(EventStory story, String text) {
        funded(story, SILENT, text).execute(Contract.AGGREGATE, SILENT, new ContractCommand.Submit(ANN, 1, text));
        for (int warning : new int[] {7, 3, 1}) {
            story.now = story.now.plus(Duration.ofDays(7));
            story.execute(Contract.AGGREGATE, SILENT, new ContractCommand.IssueWarning(1, 1, warning))
                    .execute(Contract.AGGREGATE, SILENT, new ContractCommand.RecordWarningTold(1, 1, warning));
        }
        story.now = story.now.plus(Duration.ofDays(1));
        story.execute(Contract.AGGREGATE, SILENT, new ContractCommand.EndSilence(1, 1))
                .execute(Contract.AGGREGATE, SILENT, new ContractCommand.MarkPaid(1));
    }
}
