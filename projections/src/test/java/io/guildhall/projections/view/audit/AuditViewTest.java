package io.guildhall.projections.view.audit;

import static io.guildhall.projections.view.HireScenario.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.domain.escrow.Escrow;
import io.guildhall.domain.escrow.EscrowDeal;
import io.guildhall.domain.escrow.EscrowEvent;
import io.guildhall.domain.escrow.EscrowEvent.*;
import io.guildhall.domain.escrow.Settlement;
import io.guildhall.kernel.Correlation;
import io.guildhall.kernel.Money;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.store.Sql;
import io.guildhall.projections.view.EventStory.StoredEvent;
import io.guildhall.projections.view.ViewFixture;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Events that a bug could write: the amounts do not add up. */
class AuditViewTest {
    private static final ViewFixture FIXTURE = new ViewFixture();
    private static final Instant AT = Instant.parse("2026-11-01T10:00:00Z");
    /** 10,001 cents with a fee of 5%. */
    private static final EscrowDeal DEAL = escrow(1, "Draft", 10_001);

    private static final EscrowEvent HELD = new MoneyHeld(DEAL, 1, "pi_1", AT);
    private static final EscrowEvent RELEASE = new ReleaseStarted(DEAL, 1, DEAL.fee(), DEAL.net(), AT);
    private static final EscrowEvent RELEASED = new MoneyReleased(DEAL, DEAL.fee(), DEAL.net(), "tr_1", AT);

    @BeforeEach
    void empty() {
        FIXTURE.empty();
        FIXTURE.transaction(connection -> Sql.update(connection, "TRUNCATE audit_finding"));
    }

    private static List<String> findings(EscrowEvent... events) {
        var stored = new ArrayList<StoredEvent<?>>();
        for (var event : events)
            stored.add(new StoredEvent<>(
                    Escrow.AGGREGATE, new Recorded<>(FIRST_ESCROW, stored.size() + 1, event, AT, Correlation.NONE)));
        var view = new AuditView();
        FIXTURE.apply(view, stored);
        FIXTURE.apply(view, stored);
        try (var connection = FIXTURE.database.getConnection()) {
            return Sql.list(
                    connection,
                    "SELECT what || ' of ' || amount AS finding FROM audit_finding ORDER BY found_at, what",
                    row -> row.getString(1));
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static Money plus(Money money, long more) {
        return usd(money.amount() + more);
    }

    @Test
    void findsNothingInEventsThatAddUp() {
        assertThat(findings(HELD, RELEASE, RELEASED)).isEmpty();
        assertThat(findings(HELD, new MoneyRefunded(DEAL, "re_1", Optional.empty(), AT)))
                .isEmpty();
    }

    @Test
    void findsNothingInASplit() {
        var settlement = Settlement.refunding(usd(4_000), DEAL.amount());
        var fee = settlement.fee(DEAL.feeBasisPoints());
        var net = settlement.net(DEAL.feeBasisPoints());
        assertThat(findings(
                        HELD,
                        new SplitStarted(DEAL, settlement, AT),
                        new MoneyRefunded(DEAL, "re_1", Optional.of(usd(4_000)), AT),
                        new ReleaseStarted(DEAL, 1, fee, net, AT),
                        new MoneyReleased(DEAL, fee, net, "tr_1", AT),
                        new SplitCompleted(DEAL, settlement, AT)))
                .isEmpty();
    }

    @Test
    void findsNothingInAnAbandonedRelease() {
        var settlement = Settlement.refunding(usd(4_000), DEAL.amount());
        var fee = settlement.fee(DEAL.feeBasisPoints());
        var net = settlement.net(DEAL.feeBasisPoints());
        assertThat(findings(
                        HELD,
                        RELEASE,
                        new ReleaseAbandoned(DEAL, 1, DEAL.fee(), DEAL.net(), AT),
                        new SplitStarted(DEAL, settlement, AT),
                        new ReleaseStarted(DEAL, 2, fee, net, AT),
                        new ReleaseSettledOutside(DEAL, 2, "operator", "by hand", Optional.of(net), AT),
                        new RefundSettledOutside(DEAL, 1, "operator", "by hand", Optional.of(usd(4_000)), AT),
                        new SplitCompleted(DEAL, settlement, AT)))
                .isEmpty();
        assertThat(findings(HELD, new RefundSettledOutside(DEAL, 1, "operator", "by hand", Optional.empty(), AT)))
                .isEmpty();
    }

    @Test
    void findsAPayoutAfterItWasSettledOutside() {
        assertThat(findings(
                        HELD,
                        RELEASE,
                        new ReleaseSettledOutside(DEAL, 1, "operator", "by hand", Optional.empty(), AT),
                        RELEASED))
                .containsExactly("events: owed -9501 of 9501");
    }

    @Test
    void findsAReleaseThatIsAbandonedTwice() {
        var abandoned = new ReleaseAbandoned(DEAL, 1, DEAL.fee(), DEAL.net(), AT);
        assertThat(findings(HELD, RELEASE, abandoned, abandoned)).containsExactly("events: owed -9501 of 9501");
    }

    @Test
    void findsAFeeThatIsNotTheContracts() {
        assertThat(findings(HELD, new ReleaseStarted(DEAL, 1, plus(DEAL.fee(), 1), plus(DEAL.net(), -1), AT)))
                .containsExactly("events: fee +1 of 1");
    }

    @Test
    void findsARefundOfMoneyThatWasReleased() {
        assertThat(findings(HELD, RELEASE, new MoneyRefunded(DEAL, "re_1", Optional.empty(), AT)))
                .containsExactly("events: held -10001 of 10001");
    }

    @Test
    void findsASecondPayout() {
        assertThat(findings(HELD, RELEASE, RELEASED, RELEASED)).containsExactly("events: owed -9501 of 9501");
    }

    @Test
    void findsASecondHold() {
        assertThat(findings(HELD, HELD)).containsExactly("events: charged +10001 of 10001");
    }

    @Test
    void findsMoneyThatAReleaseLeavesBehind() {
        assertThat(findings(HELD, new ReleaseStarted(DEAL, 1, usd(50), usd(950), AT)))
                .containsExactly("events: held after the release +9001 of 9001");
    }

    @Test
    void findsASplitWhosePartsAreMoreThanTheWhole() {
        var settlement = new Settlement(usd(4_000), usd(7_000));
        assertThat(findings(
                        HELD,
                        new SplitStarted(DEAL, settlement, AT),
                        new ReleaseStarted(DEAL, 1, usd(350), usd(6_650), AT)))
                .containsExactly("events: held -999 of 999");
    }
}
