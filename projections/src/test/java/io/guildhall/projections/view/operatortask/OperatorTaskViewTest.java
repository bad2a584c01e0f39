package io.guildhall.projections.view.operatortask;

import static io.guildhall.Await.result;
import static io.guildhall.projections.view.HireScenario.*;
import static io.guildhall.projections.view.ViewFixture.firstPage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.guildhall.domain.discrepancy.Discrepancy;
import io.guildhall.domain.discrepancy.DiscrepancyCommand;
import io.guildhall.domain.discrepancy.Report;
import io.guildhall.domain.escrow.Escrow;
import io.guildhall.domain.escrow.EscrowCommand;
import io.guildhall.domain.escrow.EscrowCommand.*;
import io.guildhall.domain.escrow.Settlement;
import io.guildhall.domain.payout.PayoutAccount;
import io.guildhall.domain.payout.PayoutAccountCommand;
import io.guildhall.domain.payout.PayoutAccountCommand.DismissChecks;
import io.guildhall.domain.payout.PayoutAccountCommand.EndChecks;
import io.guildhall.domain.payout.PayoutAccountCommand.ResumeChecks;
import io.guildhall.domain.payout.PayoutStatus;
import io.guildhall.kernel.Money;
import io.guildhall.projections.readmodel.operatortask.OperatorTask;
import io.guildhall.projections.store.ReadDatabase;
import io.guildhall.projections.view.EventStory;
import io.guildhall.projections.view.ViewFixture;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OperatorTaskViewTest {
    private static final ViewFixture FIXTURE = new ViewFixture();
    private static final Money PRICE = new Money(10_001, "USD");
    private final SqlOperatorTasks tasks = new SqlOperatorTasks(new ReadDatabase(FIXTURE.database, 2));

    @BeforeEach
    void empty() {
        FIXTURE.empty();
    }

    private static EventStory held() {
        return new EventStory()
                .execute(Escrow.AGGREGATE, FIRST_ESCROW, new EscrowCommand.Open(escrow(1, "Draft", PRICE.amount())))
                .execute(Escrow.AGGREGATE, FIRST_ESCROW, new Fund(CLIENT, "pm_card_visa", "req_1"))
                .execute(Escrow.AGGREGATE, FIRST_ESCROW, new RecordHeld(1, "pi_1", PRICE));
    }

    private static EventStory stalledPayout() {
        var story = held().execute(Escrow.AGGREGATE, FIRST_ESCROW, new Release());
        IntStream.rangeClosed(1, 10)
                .forEach(it -> story.execute(Escrow.AGGREGATE, FIRST_ESCROW, new RecordReleaseFailed(it, "restricted"))
                        .execute(Escrow.AGGREGATE, FIRST_ESCROW, new RetryTransfer()));
        return story;
    }

    private List<OperatorTask> open() {
        return result(tasks.open(firstPage(10))).items();
    }

    private static EventStory withoutLast(EventStory story) {
        FIXTURE.apply(story.events().subList(0, story.events().size() - 1));
        return story;
    }

    @Test
    void listsStalledPayoutUntilItIsRetried() {
        var story = withoutLast(stalledPayout());
        assertThat(open()).singleElement().satisfies(it -> {
            assertThat(it.id()).isEqualTo(FIRST_ESCROW + ".payout");
            assertThat(it.kind()).isEqualTo(OperatorTask.Kind.PAYOUT_REFUSED);
            assertThat(it.contractId()).contains(CONTRACT);
            assertThat(it.amount()).contains(new Money(9_501, "USD"));
            assertThat(it.detail()).isEqualTo("restricted");
            assertThat(it.attempts()).isEqualTo(10);
        });
        assertThat(result(tasks.countOpen())).isEqualTo(Map.of(OperatorTask.Kind.PAYOUT_REFUSED, 1L));
        FIXTURE.apply(story.events());
        assertThat(open()).isEmpty();
        assertThat(result(tasks.countOpen())).isEmpty();
        // A repeated event does not open it again.
        FIXTURE.apply(story.events().subList(0, story.events().size() - 1));
        assertThat(open()).isEmpty();
    }

    @Test
    void listsStalledRefundUntilItSucceeds() {
        var story = held().execute(Escrow.AGGREGATE, FIRST_ESCROW, new Cancel());
        for (int attempt = 1; attempt <= 10; attempt++) {
            if (attempt > 1) story.execute(Escrow.AGGREGATE, FIRST_ESCROW, new RetryRefund());
            story.execute(Escrow.AGGREGATE, FIRST_ESCROW, new RecordRefundFailed(attempt, "closed"));
        }
        FIXTURE.apply(story.events());
        assertThat(open())
                .singleElement()
                .satisfies(it -> assertThat(it.kind()).isEqualTo(OperatorTask.Kind.REFUND_REFUSED));
        story.execute(Escrow.AGGREGATE, FIRST_ESCROW, new RecordRefunded(3, "re_3", PRICE));
        FIXTURE.apply(story.events());
        assertThat(open()).isEmpty();
    }

    private static EventStory stalledSplit(Settlement settlement) {
        var story = held().execute(Escrow.AGGREGATE, FIRST_ESCROW, new Settle(settlement));
        for (int attempt = 1; attempt <= 10; attempt++) {
            if (attempt > 1)
                story.execute(Escrow.AGGREGATE, FIRST_ESCROW, new RetryRefund())
                        .execute(Escrow.AGGREGATE, FIRST_ESCROW, new RetryTransfer());
            story.execute(Escrow.AGGREGATE, FIRST_ESCROW, new RecordReleaseFailed(attempt, "restricted"))
                    .execute(Escrow.AGGREGATE, FIRST_ESCROW, new RecordRefundFailed(attempt, "closed"));
        }
        return story;
    }

    /** Each part of a split can be refused while the other is paid. */
    @Test
    void listsEachStalledPartOfASplitUntilItSucceeds() {
        var settlement = Settlement.refunding(new Money(10_000, "USD"), PRICE);
        var story = stalledSplit(settlement);
        FIXTURE.apply(story.events());
        assertThat(open())
                .extracting(OperatorTask::id, it -> it.amount().orElseThrow().amount())
                .containsExactlyInAnyOrder(
                        tuple(FIRST_ESCROW + ".payout", 1L), tuple(FIRST_ESCROW + ".refund", 10_000L));
        story.execute(Escrow.AGGREGATE, FIRST_ESCROW, new RecordRefunded(3, "re_3", settlement.refund()));
        FIXTURE.apply(story.events());
        assertThat(open())
                .singleElement()
                .satisfies(it -> assertThat(it.kind()).isEqualTo(OperatorTask.Kind.PAYOUT_REFUSED));
        story.execute(Escrow.AGGREGATE, FIRST_ESCROW, new RecordReleased(3, "tr_3", settlement.net(500)));
        FIXTURE.apply(story.events());
        assertThat(open()).isEmpty();
    }

    @Test
    void listsAStalledCallUntilItIsSettledOutsideOrAbandoned() {
        var split = stalledSplit(Settlement.refunding(new Money(10_000, "USD"), PRICE));
        split.execute(Escrow.AGGREGATE, FIRST_ESCROW, new SettleRefundOutside("operator", "by hand"));
        FIXTURE.apply(split.events());
        assertThat(open()).extracting(OperatorTask::id).containsExactly(FIRST_ESCROW + ".payout");
        split.execute(Escrow.AGGREGATE, FIRST_ESCROW, new SettleTransferOutside("operator", "by hand"));
        FIXTURE.apply(split.events());
        assertThat(open()).isEmpty();
    }

    @Test
    void listsAStalledPayoutUntilTheMoneyIsRefunded() {
        var story = held().execute(Escrow.AGGREGATE, FIRST_ESCROW, new Release());
        for (int attempt = 1; attempt <= 10; attempt++) {
            if (attempt > 1) story.execute(Escrow.AGGREGATE, FIRST_ESCROW, new RetryTransfer());
            story.execute(Escrow.AGGREGATE, FIRST_ESCROW, new RecordReleaseFailed(attempt, "rejected"));
        }
        FIXTURE.apply(story.events());
        assertThat(open()).hasSize(1);
        story.execute(Escrow.AGGREGATE, FIRST_ESCROW, new Settle(Settlement.refunding(PRICE, PRICE)));
        FIXTURE.apply(story.events());
        assertThat(open()).isEmpty();
    }

    @Test
    void listsAnAccountWhoseChecksEnded() {
        var story = new EventStory()
                .execute(PayoutAccount.AGGREGATE, ANN, new PayoutAccountCommand.Request("CH"))
                .execute(
                        PayoutAccount.AGGREGATE,
                        ANN,
                        new PayoutAccountCommand.RecordOpened(
                                "acct_1", PayoutStatus.PENDING, "https://provider.example", Instant.EPOCH))
                .execute(PayoutAccount.AGGREGATE, ANN, new EndChecks(PayoutStatus.PENDING, 30));
        FIXTURE.apply(story.events());
        assertThat(open()).singleElement().satisfies(it -> {
            assertThat(it.id()).isEqualTo(ANN + ".account");
            assertThat(it.kind()).isEqualTo(OperatorTask.Kind.ACCOUNT_NOT_VERIFIED);
            assertThat(it.amount()).isEmpty();
            assertThat(it.attempts()).isEqualTo(30);
            assertThat(it.detail()).startsWith("PENDING at the provider.");
        });
        FIXTURE.apply(
                story.execute(PayoutAccount.AGGREGATE, ANN, new ResumeChecks()).events());
        assertThat(open()).isEmpty();
        FIXTURE.apply(story.execute(PayoutAccount.AGGREGATE, ANN, new EndChecks(PayoutStatus.PENDING, 60))
                .events());
        assertThat(open()).hasSize(1);
        FIXTURE.apply(story.execute(PayoutAccount.AGGREGATE, ANN, new DismissChecks("operator", "has left"))
                .events());
        assertThat(open()).isEmpty();
    }

    @Test
    void taskIdsNameTheirEscrow() {
        for (var kind : OperatorTask.Kind.values())
            assertThat(kind.findEntityId(kind.taskId("esc_1-1"))).contains("esc_1-1");
        assertThat(OperatorTask.Kind.PAYOUT_REFUSED.findEntityId("esc_1-1.refund"))
                .isEmpty();
    }

    private static Report report(Report.Kind kind) {
        return new Report(
                kind,
                Report.Movement.CHARGE,
                FIRST_ESCROW,
                1,
                "pi_9",
                new Money(1, "USD"),
                Optional.of(PRICE),
                Optional.empty());
    }

    @Test
    void listsDiscrepancyUntilItIsClosed() {
        var story = new EventStory()
                .execute(
                        Discrepancy.AGGREGATE,
                        "dsc_1",
                        new DiscrepancyCommand.RecordReport(report(Report.Kind.FALSE_REPORT)));
        FIXTURE.apply(story.events());
        assertThat(open()).singleElement().satisfies(it -> {
            assertThat(it.kind()).isEqualTo(OperatorTask.Kind.DISCREPANCY);
            assertThat(it.detail())
                    .isEqualTo(
                            "FALSE_REPORT: CHARGE pi_9, expected 100.01 USD. Find out who has the webhook secret, rotate it, then close"
                                    + " the task with a note. It closes itself if the provider confirms the claim within a month.");
        });
        story.execute(Discrepancy.AGGREGATE, "dsc_1", new DiscrepancyCommand.Close("operator", "a test of ours"));
        FIXTURE.apply(story.events());
        assertThat(open()).isEmpty();
    }

    /** The port has no call that takes money back which has left the platform. */
    @Test
    void saysThatASecondTransferOrRefundMustBeReclaimed() {
        var second = new Report(
                Report.Kind.SECOND_PAYMENT,
                Report.Movement.TRANSFER,
                FIRST_ESCROW,
                2,
                "tr_2",
                new Money(9_501, "USD"),
                Optional.of(new Money(9_501, "USD")),
                Optional.empty());
        FIXTURE.apply(new EventStory()
                .execute(Discrepancy.AGGREGATE, "dsc_2", new DiscrepancyCommand.RecordReport(second))
                .events());
        assertThat(open())
                .singleElement()
                .satisfies(
                        it -> assertThat(it.detail())
                                .isEqualTo(
                                        "SECOND_PAYMENT: TRANSFER tr_2, expected 95.01 USD. The program cannot take a transfer back:"
                                                + " reclaim it from the freelancer outside Guildhall, then close the task with a note."));
    }

    @Test
    void doesNotListSurplusThatIsSentBackUnlessTheProviderRefuses() {
        var story = new EventStory()
                .execute(
                        Discrepancy.AGGREGATE,
                        "dsc_1",
                        new DiscrepancyCommand.RecordReport(report(Report.Kind.SECOND_PAYMENT)));
        FIXTURE.apply(story.events());
        assertThat(open()).isEmpty();
        for (int attempt = 1; attempt <= 10; attempt++) {
            if (attempt > 1) story.execute(Discrepancy.AGGREGATE, "dsc_1", new DiscrepancyCommand.Retry());
            story.execute(Discrepancy.AGGREGATE, "dsc_1", new DiscrepancyCommand.RecordReturnFailed(attempt, "closed"));
        }
        FIXTURE.apply(story.events());
        assertThat(open())
                .singleElement()
                .satisfies(it -> assertThat(it.kind()).isEqualTo(OperatorTask.Kind.RETURN_REFUSED));
        story.execute(
                Discrepancy.AGGREGATE, "dsc_1", new DiscrepancyCommand.RecordReturned(10, "re_1", new Money(1, "USD")));
        FIXTURE.apply(story.events());
        assertThat(open()).isEmpty();
    }
}
