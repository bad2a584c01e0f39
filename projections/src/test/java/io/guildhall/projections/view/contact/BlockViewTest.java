package io.guildhall.projections.view.contact;

import static io.guildhall.Await.result;
import static io.guildhall.projections.view.HireScenario.BOB;
import static io.guildhall.projections.view.HireScenario.CLIENT;
import static io.guildhall.projections.view.RoomScenario.CONVERSATION;
import static io.guildhall.projections.view.RoomScenario.SHOWN;
import static io.guildhall.projections.view.ViewFixture.firstPage;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.domain.abusereport.AbuseReport;
import io.guildhall.domain.room.RoomKind;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.readmodel.abusereport.AbuseReportRow;
import io.guildhall.projections.readmodel.contact.BlockRow;
import io.guildhall.projections.readmodel.live.LiveSignal;
import io.guildhall.projections.view.EventStory;
import io.guildhall.projections.view.HireScenario;
import io.guildhall.projections.view.ViewFixture;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Blocks, abuse reports and the conversation of {@code RoomScenario}. */
class BlockViewTest {
    private static final EventStory STORY = HireScenario.allScenarios();
    private static ViewFixture fixture;

    @BeforeAll
    static void open() {
        fixture = new ViewFixture();
        fixture.apply(STORY.events());
    }

    @Test
    void listsAccountsThatAreBlockedNow() {
        assertThat(result(fixture.readModel.blocks().by(CLIENT, firstPage(10))).items())
                .extracting(BlockRow::accountId)
                .containsExactly(SHOWN, BOB);
        assertThat(result(fixture.readModel.blocks().by(BOB, firstPage(10))).items())
                .isEmpty();
    }

    @Test
    void blockConcernsThePresenceOfBothAccounts() throws SQLException {
        List<Recorded<?>> events = STORY.events().stream()
                .<Recorded<?>>map(EventStory.StoredEvent::recorded)
                .filter(it -> it.entityId().equals(CONVERSATION))
                .toList();
        fixture.transaction(connection -> assertThat(new BlockView().signals(connection, "room", events))
                .containsExactlyInAnyOrder(
                        new LiveSignal(LiveSignal.Kind.BLOCKS, CLIENT), new LiveSignal(LiveSignal.Kind.BLOCKS, BOB)));
    }

    @Test
    void conversationIsInTheListsOfBothAccounts() {
        for (var account : List.of(CLIENT, BOB))
            assertThat(result(fixture.readModel.roomList().ofAccount(account, firstPage(10)))
                            .items())
                    .filteredOn(it -> it.kind() == RoomKind.CONVERSATION)
                    .singleElement()
                    .satisfies(room -> {
                        assertThat(room.roomId()).isEqualTo(CONVERSATION);
                        assertThat(room.contractId()).isEmpty();
                        assertThat(room.title()).isEmpty();
                        assertThat(room.otherId()).isEqualTo(account.equals(BOB) ? CLIENT : BOB);
                        assertThat(room.unread()).isEqualTo(account.equals(BOB) ? 1 : 0);
                    });
        assertThat(result(fixture.readModel.messages().searchRoomsOf(BOB, "\"hello bob\"", firstPage(10)))
                        .items())
                .hasSize(1);
    }

    @Test
    void listsAbuseReportsAndThoseThatAreOpen() {
        assertThat(result(fixture.readModel.abuseReports().open(firstPage(10))).items())
                .extracting(AbuseReportRow::id)
                .containsExactly("abr_2", "abr_3");
        var all = result(fixture.readModel.abuseReports().all(firstPage(10))).items();
        assertThat(all).extracting(AbuseReportRow::id).containsExactly("abr_3", "abr_2", "abr_1");
        assertThat(all.get(1).conduct().message().orElseThrow().text()).isEqualTo("Hello, Bob");
        assertThat(all.getLast().resolution().orElseThrow().outcome()).isEqualTo(AbuseReport.Outcome.DISMISSED);
    }
}
