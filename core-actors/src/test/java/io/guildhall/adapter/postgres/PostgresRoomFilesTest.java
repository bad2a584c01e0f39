package io.guildhall.adapter.postgres;

import static io.guildhall.Await.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.port.FileKey;
import io.guildhall.port.RoomFiles;
import io.guildhall.port.RoomFiles.RoomFile;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PostgresRoomFilesTest {
    private static final LiveDatabase DATABASE = new LiveDatabase();

    private final RoomFiles files = new PostgresRoomFiles(DATABASE.source(), Duration.ofDays(1));
    private final String room = "rm_" + UUID.randomUUID();

    private RoomFile file(String accountId, String name) {
        return new RoomFile(
                "fil_" + UUID.randomUUID(), room, accountId, name, FileKey.Type.PDF, 7, Instant.ofEpochSecond(1));
    }

    private List<RoomFile> find(String roomId, String accountId, RoomFile... wanted) {
        return result(files.find(
                roomId, accountId, List.of(wanted).stream().map(RoomFile::id).toList()));
    }

    @Test
    void findsFilesOfTheAccountInTheRoomInTheOrderOfTheirIds() {
        var plan = file("acc_a", "plan.pdf");
        var draft = file("acc_a", "draft.pdf");
        var foreign = file("acc_b", "foreign.pdf");
        for (var it : List.of(plan, draft, foreign)) store(it);
        assertThat(find(room, "acc_a", draft, plan)).containsExactly(draft, plan);
        assertThat(find(room, "acc_a", plan, foreign, draft)).containsExactly(plan, draft);
        assertThat(find("rm_other", "acc_a", plan)).isEmpty();
        assertThat(find(room, "acc_a", file("acc_a", "not-added.pdf"))).isEmpty();
    }

    private void store(RoomFile file) {
        result(files.add(file));
        result(files.setStored(file.id()));
    }

    @Test
    void fileCanBeAttachedOnlyWhileItIsStoredAndNotExpired() {
        var plan = file("acc_a", "plan.pdf");
        result(files.add(plan));
        assertThat(find(room, "acc_a", plan)).as("being uploaded").isEmpty();
        result(files.setStored(plan.id()));
        assertThat(find(room, "acc_a", plan)).containsExactly(plan);
        result(files.remove(plan.id()));
        result(files.expire(plan.id(), Instant.EPOCH));
        assertThat(find(room, "acc_a", plan)).as("expired").isEmpty();
        result(files.keep(plan.id(), Instant.EPOCH));
        assertThat(find(room, "acc_a", plan)).containsExactly(plan);
    }

    @Test
    void recordNeverChanges() {
        var plan = file("acc_a", "plan.pdf");
        store(plan);
        result(files.add(plan));
        result(files.add(
                new RoomFile(plan.id(), "rm_other", "acc_b", "other.pdf", FileKey.Type.BIN, 1, Instant.EPOCH)));
        assertThat(find(room, "acc_a", plan)).containsExactly(plan);
        assertThat(find("rm_other", "acc_b", plan)).isEmpty();
    }
}
