package io.guildhall.ai.taxonomy;

/** A malformed line of a taxonomy file. The message contains file, line and reason. */
public final class MalformedTaxonomyException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final String file;
    private final int line;

    MalformedTaxonomyException(String file, int line, String reason) {
        super(file + ":" + line + ": " + reason);
        this.file = file;
        this.line = line;
    }

    public String file() {
        return file;
    }

    /** The number of the line, from 1. */
    public int line() {
        return line;
    }
}
