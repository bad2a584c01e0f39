package io.guildhall.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/** What lasts of an embedded server: its data, password, port and log, private to the user, and held by one program at a time. */
final class DataFolder implements AutoCloseable {
    private final Path folder;
    private final FileLock lock;

    /** @throws StartupException where another program holds it */
    static DataFolder hold(Path folder) throws IOException {
        Files.createDirectories(folder);
        protect(folder, "rwx------");
        return new DataFolder(folder.toAbsolutePath());
    }

    private DataFolder(Path folder) throws IOException {
        this.folder = folder;
        this.lock = lock();
    }

    Path path() {
        return folder;
    }

    Path data() {
        return folder.resolve("data");
    }

    Path log() {
        return folder.resolve("postgres.log");
    }

    Path passwordFile() {
        return folder.resolve("password");
    }

    /** Made once. */
    String password() throws IOException {
        var file = passwordFile();
        if (!Files.exists(file)) {
            var random = new byte[18];
            new SecureRandom().nextBytes(random);
            Files.createFile(file);
            protect(file, "rw-------");
            Files.writeString(file, HexFormat.of().formatHex(random));
        }
        return Files.readString(file).strip();
    }

    /** That of the last run, so that tools find the database again; another where that is taken. */
    int port() throws IOException {
        var file = folder.resolve("port");
        if (Files.exists(file)) {
            try (var free = new ServerSocket(
                    Integer.parseInt(Files.readString(file).strip()), 1, InetAddress.getLoopbackAddress())) {
                return free.getLocalPort();
            } catch (IOException | NumberFormatException e) {
                // Somebody else has it by now, or it was never finished.
            }
        }
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Files.writeString(file, Integer.toString(free.getLocalPort()));
            return free.getLocalPort();
        }
    }

    /** @throws StartupException where what lies there is not a whole database of this version */
    void inspect(int major) throws IOException {
        if (!Files.exists(data())) return;
        var version = data().resolve("PG_VERSION");
        if (!Files.exists(version) || !Files.exists(data().resolve("global/pg_control")))
            throw new StartupException("The database under " + data()
                    + " is damaged: files that every database has are missing. Restore it from a backup, or move it away to"
                    + " begin with an empty one.");
        var found = Files.readString(version).strip();
        if (!found.equals(Integer.toString(major)))
            throw new StartupException("The database under " + data() + " was made by PostgreSQL " + found
                    + ", and this program brings " + major
                    + ". Run the Guildhall that made it, or give another folder with --data.");
    }

    private FileLock lock() throws IOException {
        var channel = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            var held = channel.tryLock();
            if (held != null) return held;
        } catch (OverlappingFileLockException e) {
            // The same program has it: the same answer.
        }
        channel.close();
        throw new StartupException("The data folder " + folder
                + " is in use by another Guildhall. Stop that one, or give this one a folder of its own"
                + " with --data (and other ports with --port and --management-port).");
    }

    private static void protect(Path path, String permissions) throws IOException {
        if (path.getFileSystem().supportedFileAttributeViews().contains("posix"))
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }

    @Override
    public void close() throws IOException {
        lock.channel().close();
    }
}
