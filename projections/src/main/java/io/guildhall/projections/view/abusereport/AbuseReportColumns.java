package io.guildhall.projections.view.abusereport;

import static io.guildhall.projections.store.Field.column;
import static io.guildhall.projections.store.Field.embedded;
import static io.guildhall.projections.store.Field.optionalEmbedded;
import static io.guildhall.projections.store.SqlType.BIGINT;
import static io.guildhall.projections.store.SqlType.TEXT;
import static io.guildhall.projections.store.SqlType.TIMESTAMP;
import static io.guildhall.projections.store.SqlType.enumOf;

import io.guildhall.domain.abusereport.AbuseReport.Outcome;
import io.guildhall.domain.abusereport.AbuseReport.Resolution;
import io.guildhall.domain.abusereport.ReportedConduct;
import io.guildhall.domain.abusereport.ReportedConduct.ReportedMessage;
import io.guildhall.projections.readmodel.abusereport.AbuseReportRow;
import io.guildhall.projections.store.RecordColumns;
import io.guildhall.projections.store.VersionedTable;

/** The table {@code abuse_report}. */
final class AbuseReportColumns {
    private static final RecordColumns<ReportedMessage> MESSAGE = RecordColumns.of(
            ReportedMessage.class,
            column("message_id", TEXT, ReportedMessage::id),
            column("message_number", BIGINT, ReportedMessage::number),
            column("message_text", TEXT, ReportedMessage::text));

    private static final RecordColumns<ReportedConduct> CONDUCT = RecordColumns.of(
            ReportedConduct.class,
            column("room_id", TEXT, ReportedConduct::roomId),
            column("reporter_id", TEXT, ReportedConduct::reporterId),
            column("accused_id", TEXT, ReportedConduct::accusedId),
            optionalEmbedded(MESSAGE, ReportedConduct::message),
            column("reason", TEXT, ReportedConduct::reason));

    static final RecordColumns<Resolution> RESOLUTION = RecordColumns.of(
            Resolution.class,
            column("settled_by", TEXT, Resolution::by),
            column("outcome", enumOf(Outcome.class), Resolution::outcome),
            column("note", TEXT, Resolution::note),
            column("settled_at", TIMESTAMP, Resolution::at));

    static final RecordColumns<AbuseReportRow> ROW = RecordColumns.of(
            AbuseReportRow.class,
            column("id", TEXT, AbuseReportRow::id),
            embedded(CONDUCT, AbuseReportRow::conduct),
            column("filed_at", TIMESTAMP, AbuseReportRow::filedAt),
            optionalEmbedded(RESOLUTION, AbuseReportRow::resolution));

    static final VersionedTable<AbuseReportRow> TABLE = new VersionedTable<>("abuse_report", ROW);

    private AbuseReportColumns() {}
}
