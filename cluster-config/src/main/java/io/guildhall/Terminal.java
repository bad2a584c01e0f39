package io.guildhall;

/** Whether a person watches the output, or it goes to a file or another program. */
final class Terminal {
    private Terminal() {}

    @SuppressWarnings("SystemConsoleNull") // Where no terminal is known, it may still be null.
    static boolean isInteractive() {
        var console = System.console();
        return console != null && console.isTerminal();
    }
}
