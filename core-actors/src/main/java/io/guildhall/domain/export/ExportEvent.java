package io.guildhall.domain.export;

import io.guildhall.kernel.JournalName;
import io.guildhall.kernel.Journalled;
import java.time.Instant;

/** Events of the result of an export, stored permanently: add new ones, never change existing ones. */
public sealed interface ExportEvent extends Journalled {
    /** The member who has requested the export. */
    String accountId();

    String roomId();

    Instant at();

    @JournalName("export.finished")
    record Finished(String accountId, String roomId, Instant at) implements ExportEvent {}

    @JournalName("export.failed")
    record Failed(String accountId, String roomId, Instant at) implements ExportEvent {}
}
