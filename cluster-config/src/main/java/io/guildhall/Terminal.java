package io.guildhall;

/** Whether a person watches the output, or it goes to a file or another program. */
final class Terminal {
    private Terminal() {}

    static boolean isInteractive() {
        return System.console().isTerminal();
    }
}
