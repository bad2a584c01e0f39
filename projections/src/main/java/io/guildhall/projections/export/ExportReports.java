package io.guildhall.projections.export;

import io.guildhall.actors.Entities;
import io.guildhall.domain.export.Export;
import io.guildhall.domain.export.ExportCommand.RecordFailed;
import io.guildhall.domain.export.ExportCommand.RecordFinished;
import io.guildhall.kernel.Correlation;
import io.guildhall.projections.store.RoomExportTable.Unreported;
import java.util.concurrent.CompletionStage;

/** Records the results of exports in the journal, whose events notify the members. A repeated call changes nothing. */
@FunctionalInterface
public interface ExportReports {
    CompletionStage<?> report(Unreported export);

    static ExportReports inJournal(Entities entities) {
        return export -> entities.execute(
                Correlation.NONE,
                Export.AGGREGATE,
                export.id(),
                export.isFinished()
                        ? new RecordFinished(export.accountId(), export.roomId())
                        : new RecordFailed(export.accountId(), export.roomId()));
    }
}
