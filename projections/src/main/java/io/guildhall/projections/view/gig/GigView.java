package io.guildhall.projections.view.gig;

import static io.guildhall.projections.View.on;

import io.guildhall.domain.gig.Gig;
import io.guildhall.domain.gig.GigDetails;
import io.guildhall.domain.gig.GigEvent;
import io.guildhall.domain.gig.GigPackage;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.View;
import io.guildhall.projections.readmodel.gig.GigStatus;
import io.guildhall.projections.store.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;

/** Every gig as it stands, for its page and its freelancer's lists. */
public final class GigView implements View {
    @Override
    public String name() {
        return "gigs";
    }

    @Override
    public List<On<?>> follows() {
        return List.of(on(Gig.AGGREGATE, GigView::apply));
    }

    private static void apply(Connection connection, Recorded<GigEvent> recorded) throws SQLException {
        switch (recorded.event()) {
            case GigEvent.Posted e ->
                Sql.update(
                        connection,
                        """
                        INSERT INTO gig (title, description, category, tags, media, tiers, names, prices, delivery_days, revisions, includes,
                                         currency, id, freelancer_id, status, revision, posted_at, version)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'DRAFT', 1, ?, ?)
                        ON CONFLICT (id) DO NOTHING
                        """,
                        Sql.join(
                                values(e.details()),
                                recorded.entityId(),
                                e.freelancerId(),
                                e.at(),
                                recorded.sequence()));
            case GigEvent.Edited e -> change(connection, recorded, """
                        title = ?, description = ?, category = ?, tags = ?, media = ?, tiers = ?, names = ?, prices = ?, delivery_days = ?,
                        revisions = ?, includes = ?, currency = ?, revision = revision + 1
                        """, values(e.details()));
            case GigEvent.Published _ -> change(connection, recorded, "status = ?", GigStatus.ACTIVE);
            case GigEvent.Paused _ -> change(connection, recorded, "status = ?", GigStatus.PAUSED);
            case GigEvent.Archived _ -> change(connection, recorded, "status = ?", GigStatus.ARCHIVED);
        }
    }

    private static Object[] values(GigDetails it) {
        return new Object[] {
            it.title(),
            it.description(),
            it.category(),
            Sql.texts(it.tags()),
            Sql.texts(it.media()),
            Sql.texts(of(it, each -> each.tier().name())),
            Sql.texts(of(it, GigPackage::name)),
            Sql.longs(of(it, each -> each.price().amount())),
            Sql.integers(of(it, GigPackage::deliveryDays)),
            Sql.integers(of(it, GigPackage::revisions)),
            Sql.texts(of(it, each -> String.join("\n", each.includes()))),
            it.packages().stream().map(each -> each.price().currency()).findFirst()
        };
    }

    private static <T> List<T> of(GigDetails details, Function<GigPackage, T> each) {
        return details.packages().stream().map(each).toList();
    }

    private static void change(Connection connection, Recorded<GigEvent> recorded, String what, Object... values)
            throws SQLException {
        Sql.change(connection, "gig", recorded, what, values);
    }

    @Override
    public void empty(Connection connection) throws SQLException {
        Sql.update(connection, "TRUNCATE gig");
    }
}
