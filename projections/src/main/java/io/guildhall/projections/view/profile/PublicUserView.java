package io.guildhall.projections.view.profile;

import static io.guildhall.projections.View.on;
import static io.guildhall.projections.store.Field.column;
import static io.guildhall.projections.store.Field.optional;
import static io.guildhall.projections.store.SqlType.TEXT;

import io.guildhall.domain.profile.Profile;
import io.guildhall.domain.profile.ProfileEvent;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.View;
import io.guildhall.projections.readmodel.profile.PublicUser;
import io.guildhall.projections.store.RecordColumns;
import io.guildhall.projections.store.Table;
import io.guildhall.projections.store.VersionedTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Writes the name, handle and picture of each user. */
public final class PublicUserView implements View {
    static final RecordColumns<PublicUser> ROW = RecordColumns.of(
            PublicUser.class,
            column("account_id", TEXT, PublicUser::accountId),
            column("name", TEXT, PublicUser::name),
            column("handle", TEXT, PublicUser::handle),
            optional("picture", TEXT, PublicUser::picture));

    private static final VersionedTable<PublicUser> TABLE = new VersionedTable<>("public_user", "account_id", ROW);

    @Override
    public String name() {
        return "public-users";
    }

    @Override
    public List<Table<?>> tables() {
        return List.of(TABLE.table());
    }

    @Override
    public List<Subscription<?>> follows() {
        return List.of(on(Profile.AGGREGATE, PublicUserView::apply));
    }

    private static void apply(Connection connection, Recorded<ProfileEvent> recorded) throws SQLException {
        switch (recorded.event()) {
            case ProfileEvent.Created e ->
                TABLE.insert(
                        connection,
                        recorded,
                        new PublicUser(recorded.entityId(), e.name(), e.handle(), Optional.empty()));
            case ProfileEvent.Edited e ->
                TABLE.change(
                        connection,
                        recorded,
                        "picture = ?",
                        e.details().showcaseOrEmpty().picture());
            case ProfileEvent.HandleChanged e -> TABLE.change(connection, recorded, "handle = ?", e.to());
        }
    }
}
