package io.guildhall;

/** What a person sees who has started the program. */
final class StartupMessage {
    private StartupMessage() {}

    static void print(Settings settings) {
        print(settings, "one node, all roles", Node.age().toMillis());
    }

    static void print(Settings settings, String what, long millis) {
        var url = settings.http().publicUrl();
        var management = "http://127.0.0.1:" + settings.managementPort();
        System.out.printf(
                """

                  Guildhall runs: %s, ready in %.1f s

                    start page   %s/
                    API          %s/docs
                    operators    %s/ready  /cluster/members  /metrics
                    data         %s

                """,
                what,
                millis / 1000.0,
                url,
                url,
                management,
                settings.databaseUrl().isPresent()
                        ? "the database that DATABASE_URL names"
                        : settings.data().toAbsolutePath().normalize());
        if (settings.isDevelopment()) System.out.println("""
                      This is development: payments are played by a sandbox, and mails wait at /dev/outbox.
                    """);
        if (settings.hasDevelopmentSecret()) System.out.println("""
                      The secret is the one in the sources, so it keeps nothing. Set GUILDHALL_SECRET before anybody relies on it;
                      GUILDHALL_MODE=production refuses this one.
                    """);
        System.out.println("  Next: ./guildhall demo in another terminal walks the whole path. Ctrl-C stops.\n");
    }
}
