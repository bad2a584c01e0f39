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

/**
 * The persistent files of an embedded server: data, password, port and log. Only the user can read them, and a lock
 * lets one program at a time use them.
 */
final class DataFolder implements AutoCloseable {
    private final Path folder;
    private final FileLock lock;

    /** @throws StartupException if another program uses the folder */
    static DataFolder lock(Path folder) throws IOException {
        Files.createDirectories(folder);
        restrict(folder, "rwx------");
        return new DataFolder(folder.toAbsolutePath());
    }

    private DataFolder(Path folder) throws IOException {
        this.folder = folder;
        this.lock = acquireLock();
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

    /** The password of the database. It is generated once. */
    String password() throws IOException {
        var file = passwordFile();
        if (!Files.exists(file)) {
            var random = new byte[18];
            new SecureRandom().nextBytes(random);
            Files.createFile(file);
            restrict(file, "rw-------");
            Files.writeString(file, HexFormat.of().formatHex(random));
        }
        return Files.readString(file).strip();
    }

    /** The port of the last run, so that tools find the database again, or a new one if that port is taken. */
    int port() throws IOException {
        var file = folder.resolve("port");
        if (Files.exists(file)) {
            try (var free = new ServerSocket(
                    Integer.parseInt(Files.readString(file).strip()), 1, InetAddress.getLoopbackAddress())) {
                return free.getLocalPort();
            } catch (IOException | NumberFormatException e) {
                // The port is taken, or the file is incomplete.
            }
        }
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Files.writeString(file, Integer.toString(free.getLocalPort()));
            return free.getLocalPort();
        }
    }

    /** @throws StartupException if the folder contains a damaged database, or one of another version */
    void check(int major) throws IOException {
        if (!Files.exists(data())) return;
        var versionFile = data().resolve("PG_VERSION");
        if (!Files.exists(versionFile) || !Files.exists(data().resolve("global/pg_control")))
            throw new StartupException("The database under " + data()
                    + " is damaged: required files are missing. Restore it from a backup, or move it away to"
                    + " start with an empty database.");
        var version = Files.readString(versionFile).strip();
        if (!version.equals(Integer.toString(major)))
            throw new StartupException("The database under " + data() + " was created by PostgreSQL " + version
                    + ", but this program has PostgreSQL " + major
                    + ". Run the version of Guildhall that created it, or choose another folder with --data.");
    }

    private FileLock acquireLock() throws IOException {
        var channel = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            var acquired = channel.tryLock();
            if (acquired != null) return acquired;
        } catch (OverlappingFileLockException e) {
            // This program has the lock already: also in use.
        }
        channel.close();
        throw new StartupException("The data folder " + folder
                + " is in use by another Guildhall. Stop that one, or choose another folder"
                + " with --data (and other ports with --port and --management-port).");
    }

    private static void restrict(Path path, String permissions) throws IOException {
        if (path.getFileSystem().supportedFileAttributeViews().contains("posix"))
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }

    @Override
    public void close() throws IOException {
        lock.channel().close();
    }
}
