package io.guildhall.projections.view.account;

import static io.guildhall.projections.View.on;
import static io.guildhall.projections.store.Field.column;
import static io.guildhall.projections.store.Field.optional;
import static io.guildhall.projections.store.SqlType.TEXT;

import io.guildhall.domain.profile.Profile;
import io.guildhall.domain.profile.ProfileEvent;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.View;
import io.guildhall.projections.store.RecordColumns;
import io.guildhall.projections.store.Table;
import io.guildhall.projections.store.VersionedTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Writes the picture of each account. */
public final class AccountPictureView implements View {
    private record PictureRow(String accountId, Optional<String> picture) {}

    private static final VersionedTable<PictureRow> TABLE = new VersionedTable<>(
            "account_picture",
            "account_id",
            RecordColumns.of(
                    PictureRow.class,
                    column("account_id", TEXT, PictureRow::accountId),
                    optional("picture", TEXT, PictureRow::picture)));

    @Override
    public String name() {
        return "account-pictures";
    }

    @Override
    public List<Table<?>> tables() {
        return List.of(TABLE.table());
    }

    @Override
    public List<Subscription<?>> follows() {
        return List.of(on(Profile.AGGREGATE, AccountPictureView::apply));
    }

    private static void apply(Connection connection, Recorded<ProfileEvent> recorded) throws SQLException {
        switch (recorded.event()) {
            case ProfileEvent.Created _, ProfileEvent.HandleChanged _ -> {}
            case ProfileEvent.Edited e ->
                TABLE.insertOrReplace(
                        connection,
                        recorded,
                        new PictureRow(
                                recorded.entityId(),
                                e.details().showcaseOrEmpty().picture()));
        }
    }
}
