package io.guildhall.adapter.smtp;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Checks the DKIM signature of a message (RFC 6376), for relaxed canonicalisation and RSA with SHA-256. */
record DkimSignature(String header, Map<String, String> tags, String message) {

    static DkimSignature of(MimeMessage message) {
        try {
            var header = message.getHeader("DKIM-Signature", null);
            var tags = Arrays.stream(header.split(";"))
                    .map(String::strip)
                    .filter(it -> !it.isEmpty())
                    .collect(Collectors.toMap(
                            it -> it.substring(0, it.indexOf('=')).strip(),
                            it -> it.substring(it.indexOf('=') + 1).replaceAll("\\s", "")));
            var bytes = new ByteArrayOutputStream();
            message.writeTo(bytes);
            return new DkimSignature(header, tags, bytes.toString(StandardCharsets.UTF_8));
        } catch (MessagingException | IOException e) {
            throw new AssertionError(e);
        }
    }

    String tag(String name) {
        return tags.getOrDefault(name, "");
    }

    List<String> signedHeaders() {
        return List.of(tag("h").toLowerCase(Locale.ROOT).split(":"));
    }

    boolean isValid(PublicKey key) throws GeneralSecurityException {
        var body = message.substring(message.indexOf("\r\n\r\n") + 4)
                .replaceAll("[ \\t]+", " ")
                .replaceAll(" \\r\\n", "\r\n")
                .replaceAll("(\\r\\n)+$", "");
        var hash = java.security.MessageDigest.getInstance("SHA-256")
                .digest((body + "\r\n").getBytes(StandardCharsets.UTF_8));
        if (!tag("bh").equals(Base64.getEncoder().encodeToString(hash))) return false;
        var signed = new StringBuilder();
        for (var name : signedHeaders())
            signed.append(name).append(':').append(relaxed(value(name))).append("\r\n");
        signed.append("dkim-signature:").append(relaxed(header.replaceFirst("(\\bb=)[^;]*", "$1")));
        var signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(key);
        signature.update(signed.toString().getBytes(StandardCharsets.UTF_8));
        return signature.verify(Base64.getDecoder().decode(tag("b")));
    }

    private String value(String name) {
        var headers = message.substring(0, message.indexOf("\r\n\r\n")).replaceAll("\\r\\n[ \\t]+", " ");
        return headers.lines()
                .filter(it -> it.toLowerCase(Locale.ROOT).startsWith(name + ":"))
                .map(it -> it.substring(name.length() + 1))
                .findFirst()
                .orElseThrow();
    }

    private static String relaxed(String value) {
        return value.replaceAll("\\s+", " ").strip();
    }
}
