package io.guildhall.projections.export;

import io.guildhall.port.FileKey;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;

/** Opens files of the file store. */
@FunctionalInterface
public interface StoredFiles {
    /** @throws FileNotFoundException if the file does not exist */
    InputStream open(FileKey key) throws IOException;
}
