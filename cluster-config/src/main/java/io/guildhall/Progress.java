package io.guildhall;

import java.io.PrintStream;
import java.util.function.LongSupplier;

/**
 * Prints the progress of a command: in a terminal as one line that is overwritten, elsewhere as a new line every five
 * seconds at most.
 */
final class Progress {
    private static final long INTERVAL_NANOS = 5_000_000_000L;

    private final PrintStream out;
    private final boolean isTerminal;
    private final LongSupplier nanoTime;
    private long printedAt;
    private int width;

    Progress(PrintStream out, boolean isTerminal, LongSupplier nanoTime) {
        this.out = out;
        this.isTerminal = isTerminal;
        this.nanoTime = nanoTime;
        this.printedAt = nanoTime.getAsLong();
    }

    static Progress toStandardOutput() {
        return new Progress(System.out, Terminal.isInteractive(), System::nanoTime);
    }

    void update(String text) {
        if (isTerminal) {
            overwrite(text);
        } else if (nanoTime.getAsLong() - printedAt >= INTERVAL_NANOS) {
            printedAt = nanoTime.getAsLong();
            out.println(text);
        }
    }

    /** Prints the last line. */
    void finish(String text) {
        if (isTerminal) overwrite(text);
        else out.print(text);
        out.println();
    }

    private void overwrite(String text) {
        out.print("\r" + text + " ".repeat(Math.max(0, width - text.length())));
        out.flush();
        width = text.length();
    }

    /** Such as "1 event" and "2 events". */
    static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
