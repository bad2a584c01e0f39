package io.guildhall.kernel;

import java.time.Instant;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * Opaque ids such as {@code job_01k9x…}: a prefix that names the kind, and 128 bits in the layout of a ULID (48 bits of
 * milliseconds, 80 random bits) as 26 lower-case characters of Crockford's base 32. They sort by time and are safe in
 * URLs and JavaScript.
 */
public final class Ids {
    private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final int TIME_CHARS = 10;
    private static final int RANDOM_CHARS = 16;
    private static final Pattern FORMAT = Pattern.compile("[a-z]{2,4}_[0-9a-z-]{1,60}");

    private Ids() {}

    public static String generate(String prefix, Instant now, RandomGenerator random) {
        var id = new StringBuilder(prefix).append('_');
        append(id, now.toEpochMilli(), TIME_CHARS);
        append(id, random.nextLong(), RANDOM_CHARS / 2);
        append(id, random.nextLong(), RANDOM_CHARS / 2);
        return id.toString();
    }

    /** Whether a text has the format of an id with this prefix. The thing itself may not exist. */
    public static boolean isWellFormed(String prefix, String id) {
        return id.startsWith(prefix + "_") && FORMAT.matcher(id).matches();
    }

    /** The part after the prefix. */
    public static String body(String id) {
        return id.substring(id.indexOf('_') + 1);
    }

    private static void append(StringBuilder id, long bits, int chars) {
        for (int i = chars - 1; i >= 0; i--) id.append(ALPHABET.charAt((int) (bits >>> (5 * i)) & 31));
    }
}
