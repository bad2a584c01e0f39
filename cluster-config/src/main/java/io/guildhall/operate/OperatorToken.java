package io.guildhall.operate;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import io.guildhall.embedded.StartupException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;

/** The secret that every operator command sends. Anyone who has it controls the node. */
public record OperatorToken(String value) {
    /** The name of the file in the data folder. */
    public static final String FILE = "operator-token";

    private static final int MIN_LENGTH = 32;
    private static final int RANDOM_BYTES = 32;
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    public OperatorToken {
        if (value.length() < MIN_LENGTH || !value.chars().allMatch(it -> it > ' ' && it < 127))
            throw new StartupException("The operator token must have at least " + MIN_LENGTH
                    + " characters of printable ASCII without spaces. Set GUILDHALL_OPERATOR_TOKEN, for example to the output"
                    + " of `openssl rand -hex 32`, or unset it to use the generated one in the data folder.");
    }

    /**
     * The token of a data folder. Generates it at the first call; nodes that start at the same time get the same one.
     *
     * @throws StartupException if the file cannot be read or created
     */
    public static synchronized OperatorToken ofFolder(Path dataFolder) {
        var file = dataFolder.resolve(FILE);
        try {
            Files.createDirectories(dataFolder);
            boolean isPosix =
                    dataFolder.getFileSystem().supportedFileAttributeViews().contains("posix");
            var attributes = isPosix
                    ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                    : new FileAttribute<?>[0];
            try (var channel = FileChannel.open(file, Set.of(READ, WRITE, CREATE), attributes);
                    var _ = channel.lock()) {
                if (isPosix) Files.setPosixFilePermissions(file, OWNER_ONLY);
                if (channel.size() == 0)
                    channel.write(ByteBuffer.wrap(generate().getBytes(US_ASCII)));
            }
            return new OperatorToken(Files.readString(file).strip());
        } catch (IOException e) {
            throw new StartupException(
                    "The operator token cannot be stored in " + file + ": " + e.getMessage()
                            + ". Check the owner of the folder, choose another one with --data, or set GUILDHALL_OPERATOR_TOKEN.",
                    e);
        }
    }

    /**
     * The token that a node has stored in its data folder, if there is one.
     *
     * @throws StartupException if the file cannot be read
     */
    public static Optional<OperatorToken> read(Path dataFolder) {
        var file = dataFolder.resolve(FILE);
        if (!Files.exists(file)) return Optional.empty();
        try {
            return Optional.of(new OperatorToken(Files.readString(file).strip()));
        } catch (IOException e) {
            throw new StartupException(
                    "The operator token in " + file + " cannot be read: " + e.getMessage()
                            + ". Run the command as the user who started the node.",
                    e);
        }
    }

    private static String generate() {
        var random = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    /** Takes the same time for every text of the same length. */
    boolean matches(String text) {
        return MessageDigest.isEqual(value.getBytes(UTF_8), text.getBytes(UTF_8));
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "OperatorToken";
    }
}
