package io.guildhall.ai.taxonomy;

/** A line of a taxonomy file that cannot be taken as it is: says which one and why. */
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

    /** Counted from 1. */
    public int line() {
        return line;
    }
}
