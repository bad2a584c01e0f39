package io.guildhall.projections.view.ledger;

import static io.guildhall.Await.result;
import static io.guildhall.projections.view.HireScenario.*;
import static io.guildhall.projections.view.ViewFixture.firstPage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guildhall.domain.discrepancy.Discrepancy;
import io.guildhall.domain.discrepancy.DiscrepancyCommand;
import io.guildhall.domain.discrepancy.DiscrepancyCommand.RecordReport;
import io.guildhall.domain.discrepancy.Report;
import io.guildhall.domain.escrow.Escrow;
import io.guildhall.domain.escrow.EscrowCommand;
import io.guildhall.domain.escrow.EscrowCommand.*;
import io.guildhall.domain.escrow.EscrowDeal;
import io.guildhall.domain.escrow.EscrowEvent;
import io.guildhall.domain.escrow.Settlement;
import io.guildhall.kernel.Money;
import io.guildhall.projections.readmodel.ledger.Balance;
import io.guildhall.projections.readmodel.ledger.Posting;
import io.guildhall.projections.store.Sql;
import io.guildhall.projections.view.EventStory;
import io.guildhall.projections.view.ViewFixture;
import io.guildhall.projections.view.audit.ExpectedLedger;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;

/** No sequence of commands to an escrow creates or loses money. */
class LedgerViewTest {
    private static final ViewFixture FIXTURE = new ViewFixture();

    @Example
    void postsABalancedEntryForEveryMovement() {
        FIXTURE.empty();
        FIXTURE.apply(hireAndPay("A job", "Note").events());
        assertThat(postings())
                .containsExactly(
                        "HELD DEBIT provider-cash 10001",
                        "HELD CREDIT escrow:esc_2-1 10001",
                        "RELEASE_STARTED DEBIT escrow:esc_2-1 10001",
                        "RELEASE_STARTED CREDIT payable:acc_ann 9501",
                        "RELEASE_STARTED CREDIT revenue:fees 500",
                        "RELEASED DEBIT payable:acc_ann 9501",
                        "RELEASED CREDIT provider-cash 9501",
                        "HELD DEBIT provider-cash 9",
                        "HELD CREDIT escrow:esc_2-2 9",
                        // Five percent of nine cents round to zero.
                        "RELEASE_STARTED DEBIT escrow:esc_2-2 9",
                        "RELEASE_STARTED CREDIT payable:acc_ann 9",
                        "RELEASED DEBIT payable:acc_ann 9",
                        "RELEASED CREDIT provider-cash 9");
        var trial = result(FIXTURE.readModel.ledger().trialBalance());
        assertThat(trial.isBalanced()).isTrue();
        assertThat(trial.totals()).hasSize(1);
        assertThat(trial.kinds())
                .extracting(it -> it.account() + " " + it.net())
                .containsExactly("escrow 0", "payable 0", "provider-cash 500", "revenue -500");
    }

    @Example
    void postsTheRefundOfAPaymentAfterCancellation() {
        FIXTURE.empty();
        FIXTURE.apply(cancelledContract().events());
        assertThat(postings())
                .containsExactly(
                        "HELD DEBIT provider-cash 10001",
                        "HELD CREDIT escrow:esc_2-1 10001",
                        "REFUNDED DEBIT escrow:esc_2-1 10001",
                        "REFUNDED CREDIT provider-cash 10001");
        assertThat(result(FIXTURE.readModel.ledger().trialBalance()).isBalanced())
                .isTrue();
    }

    private static List<String> postings() {
        return result(FIXTURE.readModel.ledger().ofContract(CONTRACT, firstPage(100))).items().stream()
                .map(LedgerViewTest::line)
                .toList();
    }

    private static String line(Posting it) {
        return it.what() + " " + it.side() + " " + it.account() + " "
                + it.amount().amount();
    }

    @Example
    void databaseRejectsUnbalancedEntries() {
        FIXTURE.empty();
        assertThatThrownBy(() -> FIXTURE.transaction(connection -> post(connection, 1, 100, "USD")))
                .hasMessageContaining("out of balance");
        assertThatThrownBy(() -> FIXTURE.transaction(connection -> {
                    post(connection, 1, 100, "USD");
                    post(connection, 2, -99, "USD");
                }))
                .hasMessageContaining("out of balance");
        assertThatThrownBy(() -> FIXTURE.transaction(connection -> {
                    post(connection, 1, 100, "USD");
                    post(connection, 2, -100, "EUR");
                }))
                .hasMessageContaining("out of balance");
        FIXTURE.transaction(connection -> {
            post(connection, 1, 100, "USD");
            post(connection, 2, -100, "USD");
        });
        assertThatThrownBy(() -> FIXTURE.transaction(
                        connection -> Sql.update(connection, "UPDATE ledger_posting SET amount = 101 WHERE line = 1")))
                .hasMessageContaining("out of balance");
        assertThatThrownBy(() -> FIXTURE.transaction(
                        connection -> Sql.update(connection, "DELETE FROM ledger_posting WHERE line = 2")))
                .hasMessageContaining("out of balance");
        assertThatThrownBy(() -> FIXTURE.transaction(
                        connection -> Sql.update(connection, "UPDATE ledger_posting SET sequence = 2 WHERE line = 2")))
                .hasMessageContaining("out of balance");
        assertThat(result(FIXTURE.readModel.ledger().trialBalance()).isBalanced())
                .isTrue();
    }

    /** The trial balance takes as long for a million postings as for one. */
    @Example
    void trialBalanceAndAccountsReadRunningTotals() {
        FIXTURE.empty();
        var events = hireAndPay("A job", "Note").events();
        FIXTURE.apply(events);
        FIXTURE.apply(events);
        var ledger = FIXTURE.readModel.ledger();
        var trial = result(ledger.trialBalance());
        var accounts = result(ledger.accounts(firstPage(100))).items();
        assertThat(sums("SELECT account, currency, debits, credits FROM ledger_account"))
                .isNotEmpty()
                .isEqualTo(sums("""
                        SELECT account, currency, sum(greatest(amount, 0)), -sum(least(amount, 0)) FROM ledger_posting
                         GROUP BY account, currency
                        """));
        FIXTURE.transaction(connection -> {
            Sql.update(connection, "SET LOCAL session_replication_role = replica");
            Sql.update(connection, "DELETE FROM ledger_posting");
        });
        assertThat(result(ledger.trialBalance())).isEqualTo(trial);
        assertThat(result(ledger.accounts(firstPage(100))).items()).isEqualTo(accounts);
    }

    @Example
    void totalsContainWhatNodesOfThePreviousVersionPost() {
        FIXTURE.empty();
        FIXTURE.transaction(connection -> {
            post(connection, 1, 100, "EUR");
            post(connection, 2, -100, "EUR");
        });
        FIXTURE.apply(hireAndPay("A job", "Note").events());
        assertThat(result(FIXTURE.readModel.ledger().trialBalance()).totals())
                .filteredOn(it -> it.currency().equals("EUR"))
                .containsExactly(new Balance("all", "EUR", 100, 100));
    }

    private static List<String> sums(String select) {
        try (var connection = FIXTURE.database.getConnection()) {
            return Sql.list(
                    connection,
                    select + " ORDER BY 1, 2",
                    row -> row.getString(1) + " " + row.getString(2) + " " + row.getBigDecimal(3) + " "
                            + row.getBigDecimal(4));
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static void post(Connection connection, int line, long amount, String currency) throws SQLException {
        Sql.update(
                connection,
                "INSERT INTO ledger_posting VALUES ('esc_x', 1, ?, 'ctr_x', 1, 'HELD', 'provider-cash', ?, ?, now())",
                line,
                amount,
                currency);
    }

    @Property(tries = 150)
    void balancesMatchTheStateOfTheEscrow(@ForAll("escrowCommands") EscrowCommands scenario) {
        FIXTURE.empty();
        long amount = scenario.amount();
        var story = new EventStory().execute(Escrow.AGGREGATE, FIRST_ESCROW, new Open(escrow(1, "Draft", amount)));
        int applied = 0;
        for (var command : scenario.commands()) {
            story.tryExecute(Escrow.AGGREGATE, FIRST_ESCROW, command);
            var newEvents = story.events().subList(applied, story.events().size());
            if (newEvents.isEmpty()) continue;
            FIXTURE.apply(newEvents);
            applied += newEvents.size();
            assertThat(balances()).isEqualTo(expected(story.state(Escrow.AGGREGATE, FIRST_ESCROW)));
            assertThat(result(FIXTURE.readModel.ledger().trialBalance()).isBalanced())
                    .isTrue();
            assertThat(differencesFromTheAudit()).isEmpty();
        }
        Statistics.label("ends")
                .collect(story.state(Escrow.AGGREGATE, FIRST_ESCROW).getClass().getSimpleName())
                .coverage(it -> {
                    it.check("Released").count(count -> count > 0);
                    it.check("Refunded").count(count -> count > 0);
                    it.check("Releasing").count(count -> count > 0);
                    it.check("Splitting").count(count -> count > 0);
                    it.check("Split").count(count -> count > 0);
                });
        Statistics.label("abandoned")
                .collect(contains(story, EscrowEvent.ReleaseAbandoned.class))
                .coverage(it -> it.check(true).count(count -> count > 0));
        Statistics.label("settled outside")
                .collect(contains(story, EscrowEvent.OutsideEvent.class))
                .coverage(it -> it.check(true).count(count -> count > 0));
    }

    private static boolean contains(EventStory story, Class<?> event) {
        return story.events().stream()
                .anyMatch(it -> event.isInstance(it.recorded().event()));
    }

    /** The auditor computes the same from the events, on its own. */
    private static List<?> differencesFromTheAudit() {
        try (var connection = FIXTURE.database.getConnection()) {
            var entities = Sql.list(connection, "SELECT * FROM audit_entity", ExpectedLedger::readEntity);
            return Stream.<Object>concat(
                            ExpectedLedger.compare(connection, entities).values().stream()
                                    .flatMap(List::stream),
                            Stream.concat(
                                    ExpectedLedger.differencesOfTotals(connection).stream(),
                                    Sql.list(connection, "SELECT what FROM audit_finding", row -> row.getString(1))
                                            .stream()))
                    .toList();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static Map<String, Long> balances() {
        return result(FIXTURE.readModel.ledger().accounts(firstPage(100))).items().stream()
                .filter(it -> it.net() != 0)
                .collect(Collectors.toMap(Balance::account, Balance::net, Long::sum, TreeMap::new));
    }

    private static Map<String, Long> expected(Escrow escrow) {
        var escrowId = "escrow:" + FIRST_ESCROW;
        var balances = switch (escrow) {
            case Escrow.NotCreated _, Escrow.Open _, Escrow.Funding _, Escrow.Cancelled _ -> Map.<String, Long>of();
            case Escrow.Refunded e -> {
                long outside =
                        e.refundId().equals(Escrow.OUTSIDE) ? e.deal().amount().amount() : 0;
                yield Map.of("provider-cash", outside, "write-offs", -outside);
            }
            case Escrow.Held e ->
                Map.of(
                        "provider-cash",
                        e.deal().amount().amount(),
                        escrowId,
                        -e.deal().amount().amount());
            case Escrow.Refunding e ->
                Map.of(
                        "provider-cash",
                        e.deal().amount().amount(),
                        escrowId,
                        -e.deal().amount().amount());
            case Escrow.Releasing e ->
                Map.of(
                        "provider-cash",
                        e.deal().amount().amount(),
                        "payable:" + ANN,
                        -e.deal().net().amount(),
                        "revenue:fees",
                        -e.deal().fee().amount());
            case Escrow.Released e -> {
                long fee = e.deal().fee().amount();
                long outside =
                        e.transferId().equals(Escrow.OUTSIDE) ? e.deal().net().amount() : 0;
                yield Map.of("provider-cash", fee + outside, "revenue:fees", -fee, "write-offs", -outside);
            }
            case Escrow.Splitting e -> {
                long outside = outside(e.deal(), e.settlement(), e.refundId(), e.transferId());
                long refund =
                        e.refundId().isPresent() ? 0 : e.settlement().refund().amount();
                long net = e.transferId().isPresent() ? 0 : e.net().amount();
                long fee = e.settlement().fee(e.deal().feeBasisPoints()).amount();
                yield Map.of(
                        "provider-cash",
                        refund + net + fee + outside,
                        "write-offs",
                        -outside,
                        escrowId,
                        -refund,
                        "payable:" + ANN,
                        -net,
                        "revenue:fees",
                        -fee);
            }
            case Escrow.Redirecting e -> {
                var split = e.split();
                var both = outside(split.deal(), split.settlement(), split.refundId(), split.transferId());
                long fee = e.settlement().refundsAll()
                        ? 0
                        : split.settlement()
                                .fee(split.deal().feeBasisPoints())
                                .plus(e.part().fee(split.deal().feeBasisPoints()))
                                .amount();
                long moved = e.moved().amount();
                yield Map.of(
                        "provider-cash",
                        moved + fee + both,
                        "write-offs",
                        -both,
                        e.goesToClient() ? escrowId : "payable:" + ANN,
                        -moved,
                        "revenue:fees",
                        -fee);
            }
            case Escrow.Redirected e -> {
                var split = e.last().split();
                long outside = outside(split.deal(), split.settlement(), split.refundId(), split.transferId())
                        + (e.reference().equals(Escrow.OUTSIDE)
                                ? e.last().moved().amount()
                                : 0);
                yield Map.of(
                        "provider-cash",
                        e.fee().amount() + outside,
                        "revenue:fees",
                        -e.fee().amount(),
                        "write-offs",
                        -outside);
            }
            case Escrow.Split e -> {
                long fee = e.settlement().fee(e.deal().feeBasisPoints()).amount();
                long outside =
                        outside(e.deal(), e.settlement(), Optional.of(e.refundId()), Optional.of(e.transferId()));
                yield Map.of("provider-cash", fee + outside, "revenue:fees", -fee, "write-offs", -outside);
            }
        };
        var nonZero = new TreeMap<>(balances);
        nonZero.values().removeIf(it -> it == 0);
        return nonZero;
    }

    /** Payments that an operator has settled outside the provider. */
    private static long outside(
            EscrowDeal deal, Settlement settlement, Optional<String> refundId, Optional<String> transferId) {
        var outside = Optional.of(Escrow.OUTSIDE);
        return (refundId.equals(outside) ? settlement.refund().amount() : 0)
                + (transferId.equals(outside)
                        ? settlement.net(deal.feeBasisPoints()).amount()
                        : 0);
    }

    @Example
    void postingHasTheNoteOfAnOutsideSettlement() {
        FIXTURE.empty();
        var story = new EventStory().execute(Escrow.AGGREGATE, FIRST_ESCROW, new Open(escrow(1, "Draft", 10_001)));
        stalled(List.of(
                        new Fund(CLIENT, "pm_card_visa", "req_1"),
                        new RecordHeld(1, "pi_1", usd(10_001)),
                        new Release()))
                .forEach(it -> story.tryExecute(Escrow.AGGREGATE, FIRST_ESCROW, it));
        story.execute(Escrow.AGGREGATE, FIRST_ESCROW, new SettleTransferOutside("operator", "Paid by bank transfer."));
        FIXTURE.apply(story.events());
        var settled = result(FIXTURE.readModel.ledger().ofContract(CONTRACT, firstPage(100))).items().stream()
                .filter(it -> it.what() == Posting.What.SETTLED_OUTSIDE)
                .toList();
        assertThat(settled)
                .extracting(LedgerViewTest::line)
                .containsExactly(
                        "SETTLED_OUTSIDE DEBIT payable:acc_ann 9501", "SETTLED_OUTSIDE CREDIT write-offs 9501");
        assertThat(settled).allSatisfy(it -> assertThat(it.note()).contains("Paid by bank transfer."));
    }

    @Example
    void postsAnAbandonedReleaseBackToTheEscrow() {
        FIXTURE.empty();
        var story = new EventStory()
                .execute(Escrow.AGGREGATE, FIRST_ESCROW, new Open(escrow(1, "Draft", 10_001)))
                .execute(Escrow.AGGREGATE, FIRST_ESCROW, new Fund(CLIENT, "pm_card_visa", "req_1"))
                .execute(Escrow.AGGREGATE, FIRST_ESCROW, new RecordHeld(1, "pi_1", usd(10_001)))
                .execute(Escrow.AGGREGATE, FIRST_ESCROW, new Release())
                .execute(Escrow.AGGREGATE, FIRST_ESCROW, new RecordReleaseFailed(1, "rejected"))
                .execute(Escrow.AGGREGATE, FIRST_ESCROW, new Settle(Settlement.refunding(usd(10_001), usd(10_001))));
        FIXTURE.apply(story.events());
        assertThat(postings())
                .containsExactly(
                        "HELD DEBIT provider-cash 10001",
                        "HELD CREDIT escrow:esc_2-1 10001",
                        "RELEASE_STARTED DEBIT escrow:esc_2-1 10001",
                        "RELEASE_STARTED CREDIT payable:acc_ann 9501",
                        "RELEASE_STARTED CREDIT revenue:fees 500",
                        "RELEASE_ABANDONED DEBIT payable:acc_ann 9501",
                        "RELEASE_ABANDONED DEBIT revenue:fees 500",
                        "RELEASE_ABANDONED CREDIT escrow:esc_2-1 10001");
    }

    /** Whatever happens to a discrepancy, its surplus is what has moved and was neither returned nor written off. */
    @Property(tries = 100)
    void balancesMatchTheStateOfTheDiscrepancy(
            @ForAll("reports") Report report, @ForAll("discrepancyCommands") List<DiscrepancyCommand> commands) {
        FIXTURE.empty();
        var id = "dsc_1";
        var story = new EventStory().execute(Discrepancy.AGGREGATE, id, new RecordReport(report));
        for (var command : commands) story.tryExecute(Discrepancy.AGGREGATE, id, command);
        FIXTURE.apply(story.events());
        assertThat(balances()).isEqualTo(expected(id, story.state(Discrepancy.AGGREGATE, id)));
        assertThat(differencesFromTheAudit()).isEmpty();
        assertThat(result(FIXTURE.readModel.ledger().trialBalance()).isBalanced())
                .isTrue();
        Statistics.label("ends")
                .collect(story.state(Discrepancy.AGGREGATE, id).getClass().getSimpleName())
                .coverage(it -> {
                    it.check("Returned").count(count -> count > 0);
                    it.check("Returning").count(count -> count > 0);
                    it.check("Waiting").count(count -> count > 0);
                    it.check("Closed").count(count -> count > 0);
                });
    }

    private static Map<String, Long> expected(String id, Discrepancy discrepancy) {
        return switch (discrepancy) {
            case Discrepancy.NotCreated _, Discrepancy.Returned _ -> Map.of();
            case Discrepancy.Waiting e -> open("surplus:" + id, e.report());
            case Discrepancy.Returning e -> open("surplus:" + id, e.report());
            case Discrepancy.Closed e -> open("write-offs", e.report());
        };
    }

    private static Map<String, Long> open(String account, Report report) {
        if (!report.hasMovedMoney()) return Map.of();
        boolean cameIn = report.movement() == Report.Movement.CHARGE
                ? report.kind() != Report.Kind.REVERSED
                : report.kind() == Report.Kind.REVERSED;
        long in = cameIn ? report.amount().amount() : -report.amount().amount();
        return Map.of("provider-cash", in, account, -in);
    }

    @Provide
    Arbitrary<Report> reports() {
        return Combinators.combine(
                        Arbitraries.of(Report.Kind.values()),
                        Arbitraries.of(Report.Movement.values()),
                        Arbitraries.of(true, false))
                .as((kind, movement, isKnown) -> new Report(
                        kind,
                        movement,
                        FIRST_ESCROW,
                        1,
                        "pi_1",
                        SURPLUS,
                        Optional.empty(),
                        isKnown ? Optional.of(escrow(1, "Draft", 7)) : Optional.empty()));
    }

    @Provide
    Arbitrary<List<DiscrepancyCommand>> discrepancyCommands() {
        return Arbitraries.<DiscrepancyCommand>of(
                        new DiscrepancyCommand.RecordReturned(1, "re_1", SURPLUS),
                        new DiscrepancyCommand.RecordReturned(2, "re_2", SURPLUS),
                        new DiscrepancyCommand.RecordReturnFailed(1, "closed"),
                        new DiscrepancyCommand.RecordReturnUnknown(1),
                        new DiscrepancyCommand.Retry(),
                        new DiscrepancyCommand.Close("operator", "by hand"))
                .list()
                .ofMaxSize(8);
    }

    private static final Money SURPLUS = usd(4_321);

    @Provide
    Arbitrary<Long> amount() {
        return Arbitraries.oneOf(
                Arbitraries.longs().between(1, 50), Arbitraries.longs().between(1, 1_000_000_000_000L));
    }

    record EscrowCommands(long amount, List<EscrowCommand> commands) {}

    @Provide
    Arbitrary<EscrowCommands> escrowCommands() {
        return amount().flatMap(amount -> commands(amount).map(it -> new EscrowCommands(amount, it)));
    }

    private static Arbitrary<List<EscrowCommand>> commands(long amount) {
        var price = usd(amount);
        var net = escrow(1, "Draft", amount).net();
        var settlement = Settlement.refunding(usd((amount + 1) / 2), price);
        var partNet = settlement.net(escrow(1, "Draft", amount).feeBasisPoints());
        var otherNet = Settlement.releasing(settlement.refund())
                .net(escrow(1, "Draft", amount).feeBasisPoints());
        var redirects = Arrays.stream(Recipient.values())
                .map(it -> new Redirect("acc_admin", it, "closed"))
                .toList();
        var refundMoved = new RecordRefunded(1, "re_1", settlement.refund());
        var transferMoved = new RecordReleased(1, "tr_1", partNet);
        var attempts = Arbitraries.integers().between(1, 2);
        var results = attempts.flatMap(n -> Arbitraries.<EscrowCommand>of(
                new RecordHeld(n, "pi_" + n, price),
                new RecordHeld(n, "pi_" + n, usd(amount + 1)),
                new RecordDeclined(n, "card_declined"),
                new RecordActionRequired(n, "pi_" + n, "secret"),
                new RecordChargeUnknown(n),
                new RecordReleased(n, "tr_" + n, net),
                new RecordReleased(n, "tr_" + n, partNet),
                new RecordRefunded(n, "re_" + n, settlement.refund()),
                new RecordReleaseFailed(n, "restricted"),
                new RecordReleaseUnknown(n),
                new RecordRefunded(n, "re_" + n, price),
                new RecordRefunded(n, "re_" + n, settlement.release()),
                new RecordReleased(n, "tr_" + n, otherNet),
                new RecordRefundFailed(n, "no-reach"),
                new RecordRefundUnknown(n)));
        var requests = Arbitraries.<EscrowCommand>of(
                new Fund(CLIENT, "pm_card_visa", "req_2"),
                new Release(),
                new Settle(settlement),
                new Settle(Settlement.refunding(price, price)),
                new SettleTransferOutside("operator", "by hand"),
                new SettleRefundOutside("operator", "by hand"),
                new RetryRefund(),
                new RetryTransfer());
        var any = Arbitraries.frequencyOf(
                Tuple.of(6, results), Tuple.of(6, requests), Tuple.of(1, Arbitraries.just(new Cancel())));
        // Random commands alone seldom get beyond the hold.
        var fund = new Fund(CLIENT, "pm_card_visa", "req_1");
        var held = new RecordHeld(1, "pi_1", price);
        var start = Arbitraries.<List<EscrowCommand>>of(
                List.of(),
                List.of(fund, held),
                List.of(fund, held, new Release()),
                List.of(fund, held, new Release(), new RecordReleased(1, "tr_1", net)),
                List.of(fund, held, new Settle(settlement)),
                List.of(fund, held, new Settle(settlement), new RecordReleased(1, "tr_1", partNet)),
                List.of(
                        fund,
                        held,
                        new Settle(settlement),
                        new RecordReleased(1, "tr_1", partNet),
                        new RecordRefunded(1, "re_1", settlement.refund())),
                List.of(fund, held, new Settle(settlement), new RecordRefunded(1, "re_1", settlement.refund())),
                stalled(List.of(fund, held, new Release()), new Settle(settlement)),
                stalled(List.of(fund, held, new Release()), new SettleTransferOutside("operator", "by hand")),
                stalled(List.of(fund, held, new Settle(settlement)), new SettleTransferOutside("operator", "by hand")),
                stalled(List.of(fund, held, new Settle(settlement)), new SettleRefundOutside("operator", "by hand")),
                stalled(List.of(fund, held, new Settle(settlement), refundMoved), redirects.get(0)),
                stalled(List.of(fund, held, new Settle(settlement), transferMoved), redirects.get(1)),
                stalled(
                        List.of(fund, held, new Settle(settlement), refundMoved),
                        redirects.get(0),
                        new RecordRefunded(2, "re_2", settlement.release())),
                stalled(
                        List.of(fund, held, new Settle(settlement), transferMoved),
                        redirects.get(1),
                        new RecordReleased(2, "tr_2", otherNet)),
                stalled(List.of(fund, held, new Cancel()), new SettleRefundOutside("operator", "by hand")),
                List.of(fund, held, new Cancel()),
                List.of(fund, held, new Cancel(), new RecordRefunded(1, "re_1", price)),
                List.of(fund, new Cancel(), held));
        return Combinators.combine(start, any.list().ofMaxSize(20))
                .as((first, then) ->
                        Stream.concat(first.stream(), then.stream()).toList());
    }

    /** Adds the refusals of every automatic attempt, and the following events. */
    private static List<EscrowCommand> stalled(List<EscrowCommand> start, EscrowCommand... then) {
        var refusals = IntStream.rangeClosed(1, 10)
                .boxed()
                .flatMap(attempt -> Stream.<EscrowCommand>of(
                        new RetryTransfer(),
                        new RetryRefund(),
                        new RecordReleaseFailed(attempt, "restricted"),
                        new RecordRefundFailed(attempt, "closed")));
        return Stream.of(start.stream(), refusals, Stream.of(then))
                .flatMap(it -> it)
                .toList();
    }
}
