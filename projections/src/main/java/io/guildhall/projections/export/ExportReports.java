package io.guildhall.projections.export;

import io.guildhall.actors.Entities;
import io.guildhall.domain.dataexport.DataExports;
import io.guildhall.domain.dataexport.DataExportsCommand;
import io.guildhall.domain.export.Export;
import io.guildhall.domain.export.ExportCommand;
import io.guildhall.kernel.Correlation;
import io.guildhall.projections.store.ExportTable.Unreported;
import java.util.concurrent.CompletionStage;

/** Records the results of exports in the journal, whose events notify the accounts. A repeated call changes nothing. */
@FunctionalInterface
public interface ExportReports {
    CompletionStage<?> report(Unreported export);

    static ExportReports inJournal(Entities entities) {
        return export -> export.roomId()
                .<CompletionStage<?>>map(roomId -> ofRoom(entities, export, roomId))
                .orElseGet(() -> ofOwnData(entities, export));
    }

    private static CompletionStage<?> ofRoom(Entities entities, Unreported export, String roomId) {
        return entities.execute(
                Correlation.NONE,
                Export.AGGREGATE,
                export.id(),
                export.isFinished()
                        ? new ExportCommand.RecordFinished(export.accountId(), roomId)
                        : new ExportCommand.RecordFailed(export.accountId(), roomId));
    }

    private static CompletionStage<?> ofOwnData(Entities entities, Unreported export) {
        return entities.execute(
                Correlation.NONE,
                DataExports.AGGREGATE,
                export.accountId(),
                export.isFinished()
                        ? new DataExportsCommand.RecordFinished(export.accountId(), export.id())
                        : new DataExportsCommand.RecordFailed(export.accountId(), export.id()));
    }
}
