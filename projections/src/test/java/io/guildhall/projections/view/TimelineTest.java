package io.guildhall.projections.view;

import static io.guildhall.Await.answer;
import static io.guildhall.projections.view.Stage.first;
import static io.guildhall.projections.view.Stories.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guildhall.projections.readmodel.timeline.TimelineEntry;
import io.guildhall.projections.store.Sql;
import io.guildhall.projections.view.timeline.TimelineView;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimelineTest {
    private final Stage stage = new Stage();

    private List<TimelineEntry> timeline() {
        return answer(stage.read.timeline().ofContract(CONTRACT, first(100))).items();
    }

    /** How many entries from the beginning anybody can check to be as they were written. */
    private static int sound(List<TimelineEntry> entries) {
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
    void saysWhoDidWhat() {
        stage.play(hireAndPay("A job", "Here it is").all());
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
    void everyEntryIsChainedToTheOneBefore() {
        stage.play(hireAndPay("Ein Auftrag — 仕事 🛠", "Here it is").all());
        assertThat(sound(timeline())).isEqualTo(timeline().size()).isEqualTo(12);
    }

    @Test
    void whatIsChangedAfterwardsShows() {
        stage.play(hireAndPay("A job", "Here it is").all());
        stage.transaction(connection ->
                Sql.update(connection, "UPDATE timeline_entry SET note = 'Here it was' WHERE number = 3"));
        assertThat(sound(timeline())).isEqualTo(2);
    }

    @Test
    void whatIsTakenOutShows() {
        stage.play(hireAndPay("A job", "Here it is").all());
        stage.transaction(connection -> Sql.update(connection, "DELETE FROM timeline_entry WHERE number IN (5, 6)"));
        assertThat(sound(timeline())).isEqualTo(4);
    }

    @Test
    void fieldsCannotRunIntoOneAnother() {
        stage.play(hireAndPay("A job", "Here it is").all());
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

    @Test
    void anEntryWithoutTheOneBeforeIsRefused() {
        var contract = hireAndPay("A job", "Here it is").all().stream()
                .filter(it -> it.recorded().entityId().equals(CONTRACT))
                .toList();
        assertThatThrownBy(() -> stage.play(new TimelineView(), contract.subList(1, 2)))
                .hasMessageContaining("no entry before 2");
        assertThat(timeline()).isEmpty();
    }
}
