package io.guildhall.bench.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.bench.chaos.AuditData.EscrowTotals;
import io.guildhall.bench.chaos.AuditData.ProviderMovement;
import io.guildhall.bench.chaos.AuditData.RecordedMessage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The auditor reports nothing if all records agree, and reports every planted violation. */
class AuditorTest {
    private static final String CONTRACT = "ctr_1";
    private static final String ESCROW = "esc_1-1";
    private static final EventKey POSTED = new EventKey("job", "job_1", "job.posted");

    private final AcknowledgedWrites acknowledged = acknowledged();

    @Test
    void reportsNothingIfAllRecordsAgree() {
        assertThat(violations(it -> it)).isEmpty();
    }

    @Test
    void reportsLostWrite() {
        assertThat(violations(it -> it.journal(Map.of())))
                .singleElement()
                .asString()
                .contains("not in the journal", "job_1");
    }

    @Test
    void reportsLossOfOneOfTwoWrites() {
        acknowledged.event("job", "job_1", "job.posted");
        assertThat(violations(it -> it)).singleElement().asString().contains("2 acknowledged, 1 in the journal");
    }

    @Test
    void reportsLostMessage() {
        acknowledged.message("msg_2", "two");
        assertThat(violations(it -> it)).singleElement().asString().contains("message", "msg_2");
    }

    @Test
    void reportsMessageRecordedTwice() {
        assertThat(violations(it -> it.messages(
                        List.of(new RecordedMessage("msg_1", "one"), new RecordedMessage("msg_9", "one")),
                        Set.of("msg_1", "msg_9"))))
                .singleElement()
                .asString()
                .contains("message recorded twice");
    }

    @Test
    void reportsMessageMissingInReadModel() {
        assertThat(violations(it -> it.messages(List.of(new RecordedMessage("msg_1", "one")), Set.of())))
                .singleElement()
                .asString()
                .contains("not in the read model");
    }

    @Test
    void reportsSecondCharge() {
        assertThat(violations(it -> it.charges(new ProviderMovement(ESCROW, 100), new ProviderMovement(ESCROW, 100))))
                .anyMatch(it -> it.contains("charged twice"))
                .anyMatch(it -> it.contains("200 and 100"));
    }

    @Test
    void reportsSecondPayout() {
        assertThat(violations(it -> it.transfers(new ProviderMovement(ESCROW, 95), new ProviderMovement(ESCROW, 95))))
                .anyMatch(it -> it.contains("paid out twice"));
    }

    @Test
    void reportsUnrecordedCharge() {
        assertThat(violations(it -> it.escrow(new EscrowTotals(100, "escrow.funding-unknown", 0, 0, 0, 0, 0, 0, 0))))
                .anyMatch(it -> it.contains("not settled"))
                .anyMatch(it -> it.contains("100 and 0"));
    }

    @Test
    void reportsSplitThatIsNotCompletedOrDoesNotAddUp() {
        assertThat(violations(it -> it.escrow(new EscrowTotals(100, "escrow.money-refunded", 1, 100, 1, 38, 2, 1, 60))))
                .anyMatch(it -> it.contains("not settled"));
        assertThat(violations(
                        it -> it.escrow(new EscrowTotals(100, "escrow.split-completed", 1, 100, 1, 38, 2, 1, 59))))
                .anyMatch(it -> it.contains("do not add up"));
        assertThat(violations(
                        it -> it.escrow(new EscrowTotals(100, "escrow.split-completed", 1, 100, 1, 38, 2, 1, 60))))
                .noneMatch(it -> it.contains("not settled") || it.contains("do not add up"));
    }

    @Test
    void reportsLostCent() {
        assertThat(violations(it -> it.escrow(new EscrowTotals(100, "escrow.money-released", 1, 100, 1, 95, 4, 0, 0))))
                .anyMatch(it -> it.contains("do not add up"));
        assertThat(violations(it -> it.transfers(new ProviderMovement(ESCROW, 94))))
                .anyMatch(it -> it.contains("94 and 95"));
    }

    @Test
    void reportsUnbalancedLedger() {
        assertThat(violations(it -> it.ledger(Map.of("provider-cash", 6L, "revenue:fees", -5L))))
                .anyMatch(it -> it.contains("trial balance is 1"))
                .anyMatch(it -> it.contains("holds 5, the ledger contains 6"));
    }

    @Test
    void reportsMoneyLeftInEscrow() {
        assertThat(violations(it -> it.ledger(Map.of(
                        "provider-cash", 5L, "revenue:fees", -5L, "escrow:" + ESCROW, -7L, "payable:acc_1", 7L))))
                .filteredOn(it -> it.contains("account is not empty"))
                .hasSize(2);
    }

    @Test
    void reportsDifferentPriceThanAgreed() {
        acknowledged.completedHire(CONTRACT, 101);
        assertThat(violations(it -> it)).singleElement().asString().contains("different amount");
    }

    @Test
    void reportsHireThatDidNotComplete() {
        acknowledged.failure("Hire 3: no response");
        assertThat(violations(it -> it)).singleElement().asString().contains("Hire 3");
    }

    @Test
    void reportsPendingWork() {
        assertThat(violations(it -> it.pendingWork(List.of("webhook evt_1"))))
                .singleElement()
                .asString()
                .contains("evt_1");
    }

    private static AcknowledgedWrites acknowledged() {
        var acknowledged = new AcknowledgedWrites();
        acknowledged.event(POSTED.kind(), POSTED.id(), POSTED.name());
        acknowledged.message("msg_1", "one");
        acknowledged.completedHire(CONTRACT, 100);
        return acknowledged;
    }

    private List<String> violations(UnaryOperator<AuditDataBuilder> change) {
        return Auditor.violations(
                acknowledged.snapshot(), change.apply(new AuditDataBuilder()).build());
    }

    /** Consistent records of one contract for 1.00; tests change one part. */
    private static final class AuditDataBuilder {
        private Map<EventKey, Long> journal = Map.of(POSTED, 1L);
        private List<RecordedMessage> recordedMessages = List.of(new RecordedMessage("msg_1", "one"));
        private Set<String> listedMessages = Set.of("msg_1");
        private EscrowTotals escrow = new EscrowTotals(100, "escrow.money-released", 1, 100, 1, 95, 5, 0, 0);
        private List<ProviderMovement> charges = List.of(new ProviderMovement(ESCROW, 100));
        private List<ProviderMovement> transfers = List.of(new ProviderMovement(ESCROW, 95));
        private Map<String, Long> ledger =
                Map.of("provider-cash", 5L, "revenue:fees", -5L, "escrow:" + ESCROW, 0L, "payable:acc_1", 0L);
        private List<String> pendingWork = List.of();

        AuditDataBuilder journal(Map<EventKey, Long> it) {
            journal = it;
            return this;
        }

        AuditDataBuilder messages(List<RecordedMessage> it, Set<String> inReadModel) {
            recordedMessages = it;
            listedMessages = inReadModel;
            return this;
        }

        AuditDataBuilder escrow(EscrowTotals it) {
            escrow = it;
            return this;
        }

        AuditDataBuilder charges(ProviderMovement... it) {
            charges = List.of(it);
            return this;
        }

        AuditDataBuilder transfers(ProviderMovement... it) {
            transfers = List.of(it);
            return this;
        }

        AuditDataBuilder ledger(Map<String, Long> it) {
            ledger = it;
            return this;
        }

        AuditDataBuilder pendingWork(List<String> it) {
            pendingWork = it;
            return this;
        }

        AuditData build() {
            return new AuditData(
                    new HashMap<>(journal),
                    recordedMessages,
                    listedMessages,
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
                    pendingWork);
        }
    }
}
