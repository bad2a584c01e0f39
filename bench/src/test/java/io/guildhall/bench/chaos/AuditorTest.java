package io.guildhall.bench.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.bench.chaos.Evidence.Escrow;
import io.guildhall.bench.chaos.Evidence.Movement;
import io.guildhall.bench.chaos.Evidence.Said;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The auditor is silent where all books agree, and finds every breach that is planted. */
class AuditorTest {
    private static final String CONTRACT = "ctr_1";
    private static final String ESCROW = "esc_1-1";
    private static final Fact POSTED = new Fact("job", "job_1", "job.posted");

    private final Acknowledged acknowledged = acknowledged();

    @Test
    void booksThatAgreeAreNoBreach() {
        assertThat(breaches(it -> it)).isEmpty();
    }

    @Test
    void aLostWrite() {
        assertThat(breaches(it -> it.journal(Map.of())))
                .singleElement()
                .asString()
                .contains("not in the journal", "job_1");
    }

    @Test
    void oneOfTwoWritesLost() {
        acknowledged.did("job", "job_1", "job.posted");
        assertThat(breaches(it -> it)).singleElement().asString().contains("2 acknowledged, 1 there");
    }

    @Test
    void aLostMessage() {
        acknowledged.said("msg_2", "two");
        assertThat(breaches(it -> it)).singleElement().asString().contains("message", "msg_2");
    }

    @Test
    void aMessageSaidTwice() {
        assertThat(breaches(it ->
                        it.said(List.of(new Said("msg_1", "one"), new Said("msg_9", "one")), Set.of("msg_1", "msg_9"))))
                .singleElement()
                .asString()
                .contains("said twice");
    }

    @Test
    void aMessageThatTheReadModelLacks() {
        assertThat(breaches(it -> it.said(List.of(new Said("msg_1", "one")), Set.of())))
                .singleElement()
                .asString()
                .contains("not in the read model");
    }

    @Test
    void aSecondCharge() {
        assertThat(breaches(it -> it.charges(new Movement(ESCROW, 100), new Movement(ESCROW, 100))))
                .anyMatch(it -> it.contains("charged twice"))
                .anyMatch(it -> it.contains("200 and 100"));
    }

    @Test
    void aSecondPayout() {
        assertThat(breaches(it -> it.transfers(new Movement(ESCROW, 95), new Movement(ESCROW, 95))))
                .anyMatch(it -> it.contains("paid out twice"));
    }

    @Test
    void aChargeThatNobodyRecorded() {
        assertThat(breaches(it -> it.escrow(new Escrow(100, "escrow.funding-unknown", 0, 0, 0, 0, 0, 0, 0))))
                .anyMatch(it -> it.contains("not settled"))
                .anyMatch(it -> it.contains("100 and 0"));
    }

    @Test
    void aCentLost() {
        assertThat(breaches(it -> it.escrow(new Escrow(100, "escrow.money-released", 1, 100, 1, 95, 4, 0, 0))))
                .anyMatch(it -> it.contains("does not add up"));
        assertThat(breaches(it -> it.transfers(new Movement(ESCROW, 94)))).anyMatch(it -> it.contains("94 and 95"));
    }

    @Test
    void aLedgerThatDoesNotSumToZero() {
        assertThat(breaches(it -> it.ledger(Map.of("provider-cash", 6L, "revenue:fees", -5L))))
                .anyMatch(it -> it.contains("trial balance is 1"))
                .anyMatch(it -> it.contains("holds 5, our ledger says 6"));
    }

    @Test
    void moneyLeftInEscrow() {
        assertThat(breaches(it -> it.ledger(Map.of(
                        "provider-cash", 5L, "revenue:fees", -5L, "escrow:" + ESCROW, -7L, "payable:acc_1", 7L))))
                .filteredOn(it -> it.contains("should be empty"))
                .hasSize(2);
    }

    @Test
    void anotherPriceThanAgreed() {
        acknowledged.finished(CONTRACT, 101);
        assertThat(breaches(it -> it)).singleElement().asString().contains("another price");
    }

    @Test
    void aStoryWithoutAnEnd() {
        acknowledged.failed("Story 3: no answer");
        assertThat(breaches(it -> it)).singleElement().asString().contains("Story 3");
    }

    @Test
    void whatIsNotAtRest() {
        assertThat(breaches(it -> it.waiting(List.of("webhook evt_1"))))
                .singleElement()
                .asString()
                .contains("evt_1");
    }

    private static Acknowledged acknowledged() {
        var acknowledged = new Acknowledged();
        acknowledged.did(POSTED.kind(), POSTED.id(), POSTED.name());
        acknowledged.said("msg_1", "one");
        acknowledged.finished(CONTRACT, 100);
        return acknowledged;
    }

    private List<String> breaches(UnaryOperator<Planted> planted) {
        return Auditor.breaches(
                acknowledged.snapshot(), planted.apply(new Planted()).evidence());
    }

    /** Sound evidence of one contract for 1.00, to be spoilt. */
    private static final class Planted {
        private Map<Fact, Long> journal = Map.of(POSTED, 1L);
        private List<Said> said = List.of(new Said("msg_1", "one"));
        private Set<String> shown = Set.of("msg_1");
        private Escrow escrow = new Escrow(100, "escrow.money-released", 1, 100, 1, 95, 5, 0, 0);
        private List<Movement> charges = List.of(new Movement(ESCROW, 100));
        private List<Movement> transfers = List.of(new Movement(ESCROW, 95));
        private Map<String, Long> ledger =
                Map.of("provider-cash", 5L, "revenue:fees", -5L, "escrow:" + ESCROW, 0L, "payable:acc_1", 0L);
        private List<String> waiting = List.of();

        Planted journal(Map<Fact, Long> it) {
            journal = it;
            return this;
        }

        Planted said(List<Said> it, Set<String> inReadModel) {
            said = it;
            shown = inReadModel;
            return this;
        }

        Planted escrow(Escrow it) {
            escrow = it;
            return this;
        }

        Planted charges(Movement... it) {
            charges = List.of(it);
            return this;
        }

        Planted transfers(Movement... it) {
            transfers = List.of(it);
            return this;
        }

        Planted ledger(Map<String, Long> it) {
            ledger = it;
            return this;
        }

        Planted waiting(List<String> it) {
            waiting = it;
            return this;
        }

        Evidence evidence() {
            return new Evidence(
                    new HashMap<>(journal),
                    said,
                    shown,
                    List.of("a job"),
                    Map.of(ESCROW, escrow),
                    charges,
                    transfers,
                    List.of(),
                    0,
                    5,
                    ledger,
                    0,
                    List.of(),
                    Map.of(CONTRACT, "COMPLETED"),
                    waiting);
        }
    }
}
