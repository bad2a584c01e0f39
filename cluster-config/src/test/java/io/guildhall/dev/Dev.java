package io.guildhall.dev;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Runs a node from the modules' class folders; compiles and restarts it when a source changes. While the sources do not
 * compile, the old node serves. {@code ./guildhall dev} runs this class from its source; it is not part of the program.
 */
public final class Dev {
    private static final long POLL_MILLIS = 150;
    private static final long SETTLE_MILLIS = 60;

    private final Build build;
    private final List<String> java;
    private final List<String> options;
    private Optional<LibraryArchive> archive = Optional.empty();
    private Optional<NodeProcess> node = Optional.empty();
    private boolean announced;
    private volatile boolean stopping;

    private Dev(Build build, List<String> java, List<String> options) {
        this.build = build;
        this.java = java;
        this.options = options;
    }

    /**
     * @param arguments the project's folder, the command for Maven, flags for the JVM, {@code --}, options of
     *     {@code up}
     */
    public static void main(String[] arguments) throws InterruptedException {
        var all = Arrays.asList(arguments);
        int end = all.indexOf("--");
        var java = new ArrayList<String>();
        java.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        java.addAll(all.subList(2, end));
        // Compiled less thoroughly than in production, a node starts sooner.
        java.add("-XX:TieredStopAtLevel=1");
        try {
            java.addAll(debugger(System.getenv("GUILDHALL_DEBUG_PORT")));
            var build = new Build(Path.of(all.get(0)), all.get(1));
            if (!build.resolve()) throw new IllegalStateException("Maven cannot resolve the class path; see above.");
            var dev = new Dev(build, java, all.subList(end + 1, all.size()));
            Runtime.getRuntime().addShutdownHook(new Thread(dev::stop));
            dev.run();
        } catch (IOException | IllegalStateException e) {
            System.err.println("\nguildhall: " + e.getMessage());
            System.exit(1);
        }
    }

    private static List<String> debugger(String port) {
        if (port == null || port.isBlank()) return List.of();
        if (!port.matches("[1-9]\\d{0,4}"))
            throw new IllegalStateException("GUILDHALL_DEBUG_PORT must be a port number, not '" + port + "'.");
        return List.of("-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,quiet=y,address=127.0.0.1:" + port);
    }

    private void run() throws IOException, InterruptedException {
        var tried = Sources.NONE;
        while (!stopping) {
            var now = settledSources();
            if (!now.equals(tried)) {
                tried = now;
                var start = Instant.now();
                if (build.resolve() && build.compile(now)) restart(start);
                else
                    Build.say("errors; "
                            + (isServing() ? "the node before the change still serves" : "waiting for a change"));
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }

    /** Waits until nothing changes any more: an editor saves several files one after another. */
    private Sources settledSources() throws IOException, InterruptedException {
        var now = build.sources();
        while (true) {
            TimeUnit.MILLISECONDS.sleep(SETTLE_MILLIS);
            var next = build.sources();
            if (next.equals(now)) return now;
            now = next;
        }
    }

    private void restart(Instant start) throws IOException, InterruptedException {
        var libraries = archive.filter(it -> it.fits(build.classPath().librariesText()))
                .orElseGet(() -> new LibraryArchive(java, build.classPath().librariesText(), build.folder()));
        archive = Optional.of(libraries);
        var command = new ArrayList<>(java);
        command.addAll(libraries.flags());
        command.addAll(List.of("-cp", build.classPath().text(), "io.guildhall.Main", "up"));
        command.addAll(options);
        synchronized (this) {
            node.ifPresent(NodeProcess::stop);
            if (stopping) return;
            node = Optional.of(NodeProcess.start(command, !announced));
        }
        if (!node.get().awaitReady(managementPort())) {
            if (node.get().refusedItsOptions()) System.exit(2);
            if (!stopping) Build.say("the node did not start; waiting for a change");
            return;
        }
        Build.say(
                announced
                        ? "restarted; serving " + Build.since(start) + " after the change"
                        : "watching the sources; Ctrl-C stops");
        announced = true;
        libraries.make();
    }

    private void stop() {
        stopping = true;
        synchronized (this) {
            node.ifPresent(NodeProcess::stop);
        }
        Build.say("stopped");
    }

    private boolean isServing() {
        return node.filter(NodeProcess::isAlive).isPresent();
    }

    private int managementPort() {
        int option = options.indexOf("--management-port") + 1;
        var text = option > 0 && option < options.size()
                ? options.get(option)
                : System.getenv().getOrDefault("GUILDHALL_MANAGEMENT_PORT", "8558");
        // The node itself says what is wrong with another.
        return text.matches("\\d{1,5}") ? Integer.parseInt(text) : 0;
    }
}
