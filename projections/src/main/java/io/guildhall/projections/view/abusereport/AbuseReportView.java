package io.guildhall.projections.view.abusereport;

import static io.guildhall.projections.View.on;

import io.guildhall.domain.abusereport.AbuseReport;
import io.guildhall.domain.abusereport.AbuseReport.Resolution;
import io.guildhall.domain.abusereport.AbuseReportEvent;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.View;
import io.guildhall.projections.readmodel.abusereport.AbuseReportRow;
import io.guildhall.projections.store.Table;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Lists all abuse reports with how admins have settled them. */
public final class AbuseReportView implements View {
    @Override
    public String name() {
        return "abuse-reports";
    }

    @Override
    public List<Table<?>> tables() {
        return List.of(AbuseReportColumns.TABLE.table());
    }

    @Override
    public List<Subscription<?>> follows() {
        return List.of(on(AbuseReport.AGGREGATE, AbuseReportView::apply));
    }

    private static void apply(Connection connection, Recorded<AbuseReportEvent> recorded) throws SQLException {
        switch (recorded.event()) {
            case AbuseReportEvent.Filed e ->
                AbuseReportColumns.TABLE.insert(
                        connection,
                        recorded,
                        new AbuseReportRow(recorded.entityId(), e.conduct(), e.at(), Optional.empty()));
            case AbuseReportEvent.Settled e -> {
                var resolution = new Resolution(e.by(), e.outcome(), e.note(), e.at());
                AbuseReportColumns.TABLE.change(
                        connection,
                        recorded,
                        AbuseReportColumns.RESOLUTION.assignments(),
                        AbuseReportColumns.RESOLUTION.values(resolution));
            }
        }
    }
}
