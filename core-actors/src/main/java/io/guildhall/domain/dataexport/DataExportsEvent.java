package io.guildhall.domain.dataexport;

import io.guildhall.kernel.JournalName;
import io.guildhall.kernel.Journalled;
import java.time.Instant;

/** Events of the data exports of an account, stored permanently: add new ones, never change existing ones. */
public sealed interface DataExportsEvent extends Journalled {
    String accountId();

    String exportId();

    Instant at();

    /** The account requested an export of its data. */
    @JournalName("data-exports.requested")
    record ExportRequested(String accountId, String exportId, Instant at) implements DataExportsEvent {}

    @JournalName("data-exports.finished")
    record ExportFinished(String accountId, String exportId, Instant at) implements DataExportsEvent {}

    @JournalName("data-exports.failed")
    record ExportFailed(String accountId, String exportId, Instant at) implements DataExportsEvent {}
}
