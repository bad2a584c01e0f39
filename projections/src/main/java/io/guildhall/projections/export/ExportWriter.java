package io.guildhall.projections.export;

import io.guildhall.projections.store.ExportTable.Claim;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.SQLException;

/** Writes one kind of export as a ZIP file. Blocks. */
public interface ExportWriter {
    /** Is called often while an export is written. Stops the writing with an exception. */
    interface Progress {
        /** @param done how many of the counted items are written */
        void written(long done) throws SQLException;
    }

    /** Counts the items of an export, such as messages: its progress is a number of them. */
    long count(Claim claim) throws SQLException;

    /**
     * Writes the export, and closes the output.
     *
     * @return the name under which its user saves the file
     * @throws IOException if a file cannot be read or the archive cannot be written
     */
    String write(Claim claim, OutputStream output, Progress progress) throws IOException, SQLException;
}
