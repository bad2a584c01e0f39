package io.guildhall.adapter.sandbox;

import io.guildhall.kernel.Money;
import io.guildhall.port.PaymentGateway.Answer;
import io.guildhall.port.PaymentGateway.KeyReused;
import io.guildhall.port.PaymentGateway.Purpose;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What the books hold of one instruction, and whether this call wrote it or an earlier one did. */
record Entry(String id, Purpose purpose, Money amount, Answer answer, Manner manner, boolean fresh) {

    /** How an instruction is answered the first time; a repeat is always answered at once. */
    enum Manner {
        PROMPT,
        LATE,
        LOST
    }

    /** Two requests are the same where all that is asked is the same. */
    static String fingerprint(Record asked) {
        try {
            var digest =
                    MessageDigest.getInstance("SHA-256").digest(asked.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static void sameRequest(String key, String then, String now) {
        if (!then.equals(now)) throw new KeyReused(key);
    }
}
