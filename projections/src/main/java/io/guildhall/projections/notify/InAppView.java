package io.guildhall.projections.notify;

import static io.guildhall.projections.View.on;

import io.guildhall.projections.View;
import io.guildhall.projections.notify.NotificationMatrix.Source;
import io.guildhall.projections.store.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** What everybody was told, to be read in the application. */
public final class InAppView implements View {
    @Override
    public String name() {
        return "notifications";
    }

    @Override
    public List<On<?>> follows() {
        return NotificationMatrix.SOURCES.stream()
                .<On<?>>map(InAppView::following)
                .toList();
    }

    private static <E> On<E> following(Source<E> source) {
        return on(source.aggregate(), (connection, recorded) -> {
            for (var notice : source.notices().apply(recorded))
                if (notice.kind().goesBy(Channel.IN_APP)) show(connection, notice);
        });
    }

    private static void show(Connection connection, Notification notice) throws SQLException {
        Sql.update(
                connection,
                """
                INSERT INTO notification (id, account_id, kind, title, detail, job_id, proposal_id, invite_id, contract_id, milestone, found_id,
                                          search_id, at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (id) DO NOTHING
                """,
                notice.id(),
                notice.recipientId(),
                notice.kind(),
                notice.title(),
                notice.detail(),
                notice.about().jobId(),
                notice.about().proposalId(),
                notice.about().inviteId(),
                notice.about().contractId(),
                notice.about().milestone(),
                notice.about().foundId(),
                notice.about().searchId(),
                notice.at());
    }

    @Override
    public void empty(Connection connection) throws SQLException {
        Sql.update(connection, "TRUNCATE notification");
    }
}
