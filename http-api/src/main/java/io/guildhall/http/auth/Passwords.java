package io.guildhall.http.auth;

import io.guildhall.kernel.BoundedExecutor;
import io.guildhall.kernel.TextKind;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Hashes passwords with Argon2id: 19 MiB, 2 passes, 1 lane (the OWASP minimum), as PHC strings. Runs on a bounded
 * number of threads; a call that gets no thread within two seconds fails.
 */
public final class Passwords {
    private static final int MEMORY_KIB = 19 * 1024;
    private static final int PASSES = 2;
    private static final int LANES = 1;
    private static final int HASH_BYTES = 32;
    private static final int SALT_BYTES = 16;
    private static final Pattern PHC =
            Pattern.compile("\\$argon2id\\$v=19\\$m=(\\d+),t=(\\d+),p=(\\d+)\\$([A-Za-z0-9+/]+)\\$([A-Za-z0-9+/]+)");

    private final BoundedExecutor threads = new BoundedExecutor(
            "argon2",
            Math.max(1, Runtime.getRuntime().availableProcessors() - 1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(5));
    private final SecureRandom random = new SecureRandom();
    private final String unmatchableHash = phc(randomBytes(SALT_BYTES), randomBytes(HASH_BYTES));

    /**
     * Checks a new password, before it is hashed.
     *
     * @param about the owner's name and e-mail address, which the password must not consist of
     * @return fails with the {@linkplain PasswordRules#weakPassword problem} of a password that is easy to guess
     */
    public CompletionStage<Void> requireStrong(String password, List<String> about) {
        return threads.call(() -> PasswordRules.weakness(password, about)).thenAccept(weakness -> {
            if (weakness.isPresent()) throw PasswordRules.weakPassword(weakness.get());
        });
    }

    public CompletionStage<String> hash(String password) {
        return threads.call(() -> hashNow(password));
    }

    public CompletionStage<Boolean> matches(String password, String hash) {
        return threads.call(() -> matchesNow(password, hash));
    }

    /**
     * A hash that no password matches. Comparing with it makes a login without an account take as long as any other.
     */
    public String unmatchableHash() {
        return unmatchableHash;
    }

    private String hashNow(String password) {
        var salt = randomBytes(SALT_BYTES);
        return phc(salt, argon2(password, salt, MEMORY_KIB, PASSES, LANES, HASH_BYTES));
    }

    private byte[] randomBytes(int length) {
        var bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static String phc(byte[] salt, byte[] hash) {
        var base64 = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
                .formatted(MEMORY_KIB, PASSES, LANES, base64.encodeToString(salt), base64.encodeToString(hash));
    }

    private static boolean matchesNow(String password, String hash) {
        var parts = PHC.matcher(hash);
        if (!parts.matches()) throw new IllegalArgumentException("not an Argon2id hash");
        var expected = Base64.getDecoder().decode(parts.group(5));
        var actual = argon2(
                password,
                Base64.getDecoder().decode(parts.group(4)),
                Integer.parseInt(parts.group(1)),
                Integer.parseInt(parts.group(2)),
                Integer.parseInt(parts.group(3)),
                expected.length);
        return MessageDigest.isEqual(expected, actual);
    }

    private static byte[] argon2(String password, byte[] salt, int memoryKib, int passes, int lanes, int bytes) {
        var generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(memoryKib)
                .withIterations(passes)
                .withParallelism(lanes)
                .withSalt(salt)
                .build());
        var hash = new byte[bytes];
        generator.generateBytes(TextKind.PASSWORD.normalise(password).getBytes(StandardCharsets.UTF_8), hash);
        return hash;
    }
}
