package io.guildhall.domain.export;

/** Commands that the result of an export accepts. */
public sealed interface ExportCommand {
    /** @param accountId the member who has requested the export */
    record RecordFinished(String accountId, String roomId) implements ExportCommand {}

    /**
     * All attempts have failed.
     *
     * @param accountId the member who has requested the export
     */
    record RecordFailed(String accountId, String roomId) implements ExportCommand {}
}
