package io.guildhall.dev;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The classes of the jars, parsed and laid out as the JVM wants them: a node starts in half the time. It is made once,
 * beside a running node, from the list of classes that the first one loads. Classes of our own are not in it, so that
 * they may change; Java ignores an archive that does not fit the jars.
 */
final class LibraryArchive {
    private final List<String> java;
    private final String libraries;
    private final Path archive;
    private final Path loaded;
    private final Path log;
    private boolean isMade;

    /** @param java the command with the flags that nodes are started with */
    LibraryArchive(List<String> java, String libraries, Path folder) {
        this.java = java;
        this.libraries = libraries;
        var name = "libraries-" + Integer.toHexString((Runtime.version() + libraries + java).hashCode());
        this.archive = folder.resolve(name + ".jsa");
        this.loaded = folder.resolve(name + ".classes");
        this.log = folder.resolve(name + ".log");
    }

    boolean fits(String classPath) {
        return libraries.equals(classPath);
    }

    /** For the next node: to use the archive, or to list the classes for one. */
    List<String> flags() {
        if (Files.exists(archive)) return List.of("-XX:SharedArchiveFile=" + archive);
        return isMade ? List.of() : List.of("-XX:DumpLoadedClassList=" + loaded);
    }

    /** Starts to make the archive, once, if it does not exist: a node has started with the flags. */
    void make() throws IOException {
        if (isMade || Files.exists(archive)) return;
        isMade = true;
        var fresh = archive.resolveSibling(archive.getFileName() + ".new");
        var command = new ArrayList<>(java);
        command.addAll(List.of("-Xshare:dump", "-XX:SharedClassListFile=" + loaded, "-XX:SharedArchiveFile=" + fresh));
        command.addAll(List.of("-cp", libraries));
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        var _ = process.onExit().thenAccept(ended -> {
            try {
                if (ended.exitValue() == 0) replaceOthers(fresh);
                Files.deleteIfExists(loaded);
            } catch (IOException e) {
                System.err.println("dev: the archive of the libraries was not made: " + e);
            }
        });
    }

    private void replaceOthers(Path fresh) throws IOException {
        try (var others = Files.newDirectoryStream(archive.getParent(), "*.jsa")) {
            for (var other : others) Files.deleteIfExists(other);
        }
        Files.move(fresh, archive, StandardCopyOption.ATOMIC_MOVE);
    }
}
