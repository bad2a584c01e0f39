package io.guildhall.projections.view.gig;

import static io.guildhall.projections.store.Field.amount;
import static io.guildhall.projections.store.Field.arrays;
import static io.guildhall.projections.store.Field.column;
import static io.guildhall.projections.store.Field.embedded;
import static io.guildhall.projections.store.Field.optional;
import static io.guildhall.projections.store.SqlType.BIGINT;
import static io.guildhall.projections.store.SqlType.INTEGER;
import static io.guildhall.projections.store.SqlType.TEXT;
import static io.guildhall.projections.store.SqlType.TEXTS;
import static io.guildhall.projections.store.SqlType.TIMESTAMP;
import static io.guildhall.projections.store.SqlType.enumOf;

import io.guildhall.domain.gig.GigDetails;
import io.guildhall.domain.gig.GigPackage;
import io.guildhall.domain.gig.GigPackage.Tier;
import io.guildhall.projections.readmodel.gig.GigRow;
import io.guildhall.projections.readmodel.gig.GigStatus;
import io.guildhall.projections.store.RecordColumns;
import io.guildhall.projections.store.SqlType;
import io.guildhall.projections.store.VersionedTable;
import java.util.List;

/** The table {@code gig}. */
final class GigColumns {
    /** Several lines in one text, because PostgreSQL has no arrays of arrays of different lengths. */
    private static final SqlType<List<String>> LINES = new SqlType<>(
            "text",
            List.class,
            it -> String.join("\n", it),
            it -> ((String) it).lines().toList());

    private static final RecordColumns<GigPackage> PACKAGE = RecordColumns.of(
            GigPackage.class,
            column("tiers", enumOf(Tier.class), GigPackage::tier),
            column("names", TEXT, GigPackage::name),
            amount("prices", GigPackage::price),
            column("delivery_days", INTEGER, GigPackage::deliveryDays),
            column("revisions", INTEGER, GigPackage::revisions),
            column("includes", LINES, GigPackage::includes));

    static final RecordColumns<GigDetails> DETAILS = RecordColumns.of(
                    GigDetails.class,
                    column("title", TEXT, GigDetails::title),
                    column("description", TEXT, GigDetails::description),
                    column("category", TEXT, GigDetails::category),
                    column("tags", TEXTS, GigDetails::tags),
                    arrays("", PACKAGE, GigDetails::packages),
                    column("media", TEXTS, GigDetails::media))
            .with(optional(
                    "currency",
                    TEXT,
                    it -> it.packages().stream()
                            .map(each -> each.price().currency())
                            .findFirst()));

    static final RecordColumns<GigRow> ROW = RecordColumns.of(
            GigRow.class,
            column("id", TEXT, GigRow::id),
            column("freelancer_id", TEXT, GigRow::freelancerId),
            embedded(DETAILS, GigRow::details),
            column("status", enumOf(GigStatus.class), GigRow::status),
            column("revision", BIGINT, GigRow::revision),
            column("posted_at", TIMESTAMP, GigRow::postedAt));

    static final VersionedTable<GigRow> TABLE = new VersionedTable<>("gig", ROW);

    private GigColumns() {}
}
