package io.guildhall.dev;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps the modules' class folders up to date with their sources. What it knows is in {@code target/dev}, and is found
 * again later.
 */
final class Build {
    private final Path project;
    private final String maven;
    private final Path folder;
    private final Path compiled;
    private Optional<ClassPath> classPath = Optional.empty();
    private Optional<IncrementalCompiler> compiler = Optional.empty();
    private boolean hasCompiled;

    /** @param maven the command */
    Build(Path project, String maven) throws IOException {
        this.project = project;
        this.maven = maven;
        this.folder = Files.createDirectories(project.resolve("target/dev"));
        this.compiled = folder.resolve("compiled");
    }

    /**
     * Compiles once, for the hook of a commit.
     *
     * @param arguments the project's folder, the command for Maven
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        var build = new Build(Path.of(arguments[0]), arguments[1]);
        boolean done = build.resolve() && build.compile(build.sources());
        System.exit(done ? 0 : 1);
    }

    Path folder() {
        return folder;
    }

    ClassPath classPath() {
        return classPath.orElseThrow();
    }

    /** The sources as they are now; {@link #resolve} comes first. */
    Sources sources() throws IOException {
        return Sources.scan(project, classPath().modules());
    }

    /**
     * Asks Maven for the class path if it is not known, or a {@code pom.xml} has changed; returns whether it is known
     * now.
     */
    boolean resolve() throws IOException, InterruptedException {
        var file = folder.resolve("classpath");
        var current = ClassPath.load(project, file);
        if (current.isEmpty()) {
            say("asking Maven for the class path …");
            current = ClassPath.resolve(project, maven, file);
            Files.deleteIfExists(compiled);
        }
        if (current.isPresent() && !current.equals(classPath)) use(current.get());
        return current.isPresent();
    }

    private void use(ClassPath current) throws IOException {
        if (compiler.isPresent()) compiler.get().close();
        classPath = Optional.of(current);
        compiler = Optional.of(new IncrementalCompiler(
                current.modules(),
                current.librariesText(),
                folder.resolve("classes"),
                new PrintWriter(System.err, true, System.err.charset())));
    }

    /**
     * Makes the class folders those of {@code now}, which must be the sources as they are. Two processes take turns.
     *
     * @return false if there are errors, which are printed; then no class has changed
     */
    boolean compile(Sources now) throws IOException {
        try (var channel =
                        FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var _ = lock(channel)) {
            var start = Instant.now();
            int count = compiler.orElseThrow().compile(changed(now));
            if (count < 0) return false;
            now.save(compiled);
            hasCompiled = true;
            if (count > 0) say("compiled " + count + (count == 1 ? " file in " : " files in ") + since(start));
            return true;
        }
    }

    private static FileLock lock(FileChannel channel) throws IOException {
        var lock = channel.tryLock();
        if (lock != null) return lock;
        say("waiting for another command that compiles");
        return channel.lock();
    }

    private Set<Path> changed(Sources now) throws IOException {
        boolean known = Files.exists(compiled)
                && classPath().modules().stream().allMatch(it -> Files.isDirectory(it.classes()));
        if (known) return now.changedSince(Sources.load(compiled));
        // Whatever is there may be of sources that exist no more; but a node may run from it.
        if (!hasCompiled) for (var module : classPath().modules()) Folders.delete(module.classes());
        return now.changedSince(Sources.NONE);
    }

    static String since(Instant start) {
        return "%.1f s".formatted(Duration.between(start, Instant.now()).toMillis() / 1000.0);
    }

    static void say(String text) {
        System.out.println("dev: " + text);
    }
}
