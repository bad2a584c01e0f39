package io.guildhall.domain.dataexport;

/** Commands that the data exports of an account accept. */
public sealed interface DataExportsCommand {
    /** The account. */
    String accountId();

    record RequestExport(String accountId, String exportId) implements DataExportsCommand {}

    /** The archive can be downloaded. */
    record RecordFinished(String accountId, String exportId) implements DataExportsCommand {}

    /** Every attempt to write it has failed. */
    record RecordFailed(String accountId, String exportId) implements DataExportsCommand {}
}
