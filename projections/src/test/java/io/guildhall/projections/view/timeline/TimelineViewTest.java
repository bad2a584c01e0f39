package io.guildhall.projections.view.timeline;

import static io.guildhall.Await.result;
import static io.guildhall.projections.view.HireScenario.*;
import static io.guildhall.projections.view.ViewFixture.firstPage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guildhall.kernel.Money;
import io.guildhall.projections.readmodel.timeline.TimelineEntry;
import io.guildhall.projections.store.Sql;
import io.guildhall.projections.view.ViewFixture;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class TimelineViewTest {
    private final ViewFixture fixture = new ViewFixture();

    private List<TimelineEntry> timeline() {
        return result(fixture.readModel.timeline().ofContract(CONTRACT, firstPage(100)))
                .items();
    }

    /** Counts the entries before the first one that is not as it was written. */
    private static int countValid(List<TimelineEntry> entries) {
        var previous = TimelineEntry.NO_PREVIOUS;
        for (int i = 0; i < entries.size(); i++) {
            var entry = entries.get(i);
            if (entry.number() != i + 1
                    || !entry.previous().equals(previous)
                    || !entry.hash().equals(entry.computeHash())) return i;
            previous = entry.hash();
        }
        return entries.size();
    }

    @Test
    void listsWhoDidWhat() {
        fixture.apply(hireAndPay("A job", "Here it is").events());
        assertThat(timeline())
                .extracting(
                        it -> it.by() + " " + it.what() + " " + it.milestone().orElse(0) + " " + it.note())
                .containsExactly(
                        "acc_client DRAWN 0 ",
                        "acc_client FUNDED 1 ",
                        "acc_ann WORK_SUBMITTED 1 Here it is",
                        "acc_client CHANGES_REQUESTED 1 More blue",
                        "acc_ann WORK_SUBMITTED 1 Bluer",
                        "acc_client ACCEPTED 1 ",
                        "platform PAID 1 ",
                        "acc_client FUNDED 2 ",
                        "acc_ann WORK_SUBMITTED 2 Here it is",
                        "acc_client ACCEPTED 2 ",
                        "platform PAID 2 ",
                        "platform COMPLETED 0 ");
    }

    @Test
    void everyEntryContainsThePreviousHash() {
        fixture.apply(hireAndPay("Ein Auftrag — 仕事 🛠", "Here it is").events());
        assertThat(countValid(timeline())).isEqualTo(timeline().size()).isEqualTo(12);
    }

    @Test
    void changedEntryBreaksTheChain() {
        fixture.apply(hireAndPay("A job", "Here it is").events());
        fixture.transaction(connection ->
                Sql.update(connection, "UPDATE timeline_entry SET note = 'Here it was' WHERE number = 3"));
        assertThat(countValid(timeline())).isEqualTo(2);
    }

    @Test
    void removedEntriesBreakTheChain() {
        fixture.apply(hireAndPay("A job", "Here it is").events());
        fixture.transaction(connection -> Sql.update(connection, "DELETE FROM timeline_entry WHERE number IN (5, 6)"));
        assertThat(countValid(timeline())).isEqualTo(4);
    }

    @Test
    void hashSeparatesTheComponents() {
        fixture.apply(hireAndPay("A job", "Here it is").events());
        var entry = timeline().get(2);
        var moved = new TimelineEntry(
                entry.contractId(),
                entry.number(),
                entry.at(),
                entry.by(),
                entry.what(),
                entry.milestone(),
                entry.title() + "H",
                entry.amount(),
                entry.note().substring(1),
                entry.previous(),
                "");
        assertThat(moved.computeHash()).isNotEqualTo(entry.hash());
    }

    /** Computed with sha256sum from the text that the Javadoc describes. Hashes are stored, so they never change. */
    @Test
    void hashesTheDocumentedText() {
        var entry = new TimelineEntry(
                "ctr_1",
                2,
                Instant.parse("2026-11-01T10:00:00Z"),
                "acc_ann",
                TimelineEntry.What.PAID,
                OptionalInt.of(1),
                "Zürich",
                Optional.of(new Money(95_00, "USD")),
                "",
                TimelineEntry.NO_PREVIOUS,
                "");
        assertThat(entry.computeHash()).isEqualTo("05d87a3a2ac7fae660d0784c30a367eba4d3ea988bde056674e22f29e1a090d8");
    }

    @Test
    void rejectsAnEventWithoutThePreviousEntry() {
        var contract = hireAndPay("A job", "Here it is").events().stream()
                .filter(it -> it.recorded().entityId().equals(CONTRACT))
                .toList();
        assertThatThrownBy(() -> fixture.apply(new TimelineView(), contract.subList(1, 2)))
                .hasMessageContaining("no entry before 2");
        assertThat(timeline()).isEmpty();
    }
}
