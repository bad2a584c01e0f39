package io.guildhall.projections.process;

import static io.guildhall.projections.process.UserActions.newId;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.Await;
import io.guildhall.actors.Outcome;
import io.guildhall.domain.contract.Contract;
import io.guildhall.domain.contract.ContractCommand;
import io.guildhall.domain.room.Room;
import io.guildhall.domain.room.RoomCommand;
import io.guildhall.domain.room.RoomRejection;
import io.guildhall.kernel.Correlation;
import io.guildhall.port.PaymentGateway.AccountStatus;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The room of a contract is read-only some time after the contract has ended. */
class ReadOnlyRoomsTest {
    private ProcessFixture fixture;
    private UserActions users;
    private final String client = newId("acc");

    @BeforeEach
    void open() throws Exception {
        fixture = new ProcessFixture();
        users = new UserActions(fixture);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private String hire(String freelancer) {
        var job = users.postJob(client);
        return users.hire(client, job, users.propose(freelancer, client, job, 500));
    }

    private Optional<Instant> due(String roomId) {
        try (var connection = fixture.database.getConnection();
                var query = connection.prepareStatement(
                        "SELECT due_at FROM deadline WHERE kind = 'room-read-only' AND entity_id = ?")) {
            query.setString(1, roomId);
            try (var rows = query.executeQuery()) {
                return rows.next() ? Optional.of(rows.getTimestamp(1).toInstant()) : Optional.empty();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Room room(String roomId) {
        return fixture.state(Room.AGGREGATE, roomId);
    }

    private void awaitReadOnlyThirtyDaysAfter(Instant before, String contract) {
        var roomId = Room.id(contract);
        Await.until(() -> assertThat(due(roomId))
                .hasValueSatisfying(it -> assertThat(it)
                        .isBetween(
                                before.plus(Duration.ofDays(30)),
                                fixture.clock.instant().plus(Duration.ofDays(30)))));
        assertThat(room(roomId)).isInstanceOf(Room.Open.class);
        fixture.advanceClock(Duration.ofDays(30));
        Await.until(() -> assertThat(room(roomId)).isInstanceOf(Room.ReadOnly.class));
        assertThat(Await.result(fixture.entities.execute(
                        Correlation.NONE,
                        Room.AGGREGATE,
                        roomId,
                        new RoomCommand.PostMessage(client, newId("msg"), "Hello"))))
                .isEqualTo(new Outcome.Rejected<Room, RoomRejection>(RoomRejection.READ_ONLY));
        assertThat(room(roomId).isVisibleTo(client)).isTrue();
        Await.until(() -> assertThat(due(roomId)).isEmpty());
    }

    @Test
    void roomOfCancelledContractIsReadOnly() {
        var contract = hire(users.createFreelancer(AccountStatus.VERIFIED));
        var before = fixture.clock.instant();
        fixture.execute(Contract.AGGREGATE, contract, new ContractCommand.Cancel(client, "No longer needed"));
        awaitReadOnlyThirtyDaysAfter(before, contract);
    }

    @Test
    void roomOfCompletedContractIsReadOnlyAndThoseOfOthersAreNot() {
        var freelancer = users.createFreelancer(AccountStatus.VERIFIED);
        var contract = hire(freelancer);
        var running = hire(users.createFreelancer(AccountStatus.VERIFIED));
        var before = fixture.clock.instant();
        users.fund(client, contract, 1, "pm_card_visa");
        users.awaitFunded(contract, 1);
        users.deliver(client, freelancer, contract, 1);
        awaitReadOnlyThirtyDaysAfter(before, contract);
        assertThat(due(Room.id(running))).isEmpty();
        assertThat(room(Room.id(running))).isInstanceOf(Room.Open.class);
    }
}
