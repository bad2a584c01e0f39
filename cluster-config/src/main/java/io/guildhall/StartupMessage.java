package io.guildhall;

import io.guildhall.node.Node;
import io.guildhall.node.Settings;

/** The messages on standard output when the program serves, and when it has stopped. */
final class StartupMessage {
    private StartupMessage() {}

    /** One line, below the echo of Ctrl-C in a terminal. */
    static void printStopped() {
        System.out.println((Terminal.isInteractive() ? "\n" : "") + "Stopped.");
    }

    static void print(Settings settings) {
        print(settings, "one node with all roles", Node.age().toMillis());
    }

    static void print(Settings settings, String nodes, long startMillis) {
        var url = settings.http().publicUrl();
        System.out.printf(
                """

                  Guildhall is running: %s, ready in %.1f s

                    start page   %s/
                    API          %s/docs
                    management   %s/ready  /metrics
                    data         %s

                """,
                nodes,
                startMillis / 1000.0,
                url,
                url,
                settings.management().localUrl(0),
                settings.databaseUrl().isPresent()
                        ? "in the database of DATABASE_URL"
                        : settings.dataFolder().toAbsolutePath().normalize());
        if (settings.isDevelopment()) System.out.println("""
                      Development mode: a sandbox simulates payments, and e-mails are shown at /dev/outbox.
                    """);
        if (settings.isPublicDevelopment()) System.out.println("""
                      Other machines can reach this node. In development mode anybody who does can read all mail and confirm payments.
                    """);
        if (settings.hasDevelopmentSecret()) System.out.println("""
                      The secret is the public one from the sources. Set GUILDHALL_SECRET before you store real data;
                      GUILDHALL_MODE=production requires it.
                    """);
        if (settings.hasDevelopmentMasterKey()) System.out.println("""
                      The master key of personal data is the public one from the sources. Set GUILDHALL_MASTER_KEYS before you store real
                      data; GUILDHALL_MODE=production requires it.
                    """);
        System.out.println("  Next: run ./guildhall demo in another terminal. Ctrl-C stops the server.\n");
    }
}
