package io.guildhall.adapter.smtp;

import io.guildhall.port.BounceReports;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads delivery status notifications (RFC 3464). The mail is recognised by the address that the report was sent to, see
 * {@link ReturnPaths}; nothing else in a report is trusted.
 */
public final class DsnReader implements BounceReports {
    private static final List<String> RECIPIENT_HEADERS = List.of("Delivered-To", "X-Original-To", "To");
    private static final int MAX_GROUPS = 10;

    private final ReturnPaths returnPaths;

    public DsnReader(ReturnPaths returnPaths) {
        this.returnPaths = returnPaths;
    }

    @Override
    public Optional<Bounce> read(byte[] message) {
        try {
            var report = new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(message));
            var mailKey = mailKey(report);
            var failure = failure(report);
            return mailKey.flatMap(key -> failure.map(it -> it.bounce(key)));
        } catch (MessagingException | IOException _) {
            return Optional.empty();
        }
    }

    private Optional<String> mailKey(MimeMessage report) throws MessagingException {
        for (var name : RECIPIENT_HEADERS) {
            var found = values(report.getHeader(name))
                    .flatMap(it -> returnPaths.verify(it).stream())
                    .findFirst();
            if (found.isPresent()) return found;
        }
        return Optional.empty();
    }

    private static Stream<String> values(String @Nullable [] header) {
        return header == null ? Stream.empty() : Arrays.stream(header);
    }

    /** The part of a report about one recipient. */
    private record Failure(String status, String diagnostic) {
        Bounce bounce(String mailKey) {
            var reason = diagnostic.isBlank() ? status : diagnostic;
            return new Bounce(mailKey, reason, StatusCode.isAddressInvalid(status));
        }
    }

    /** Empty if the message is not a report, or reports no permanent failure. */
    private static Optional<Failure> failure(MimeMessage report) throws MessagingException, IOException {
        if (!report.isMimeType("multipart/report") || !(report.getContent() instanceof MimeMultipart parts))
            return Optional.empty();
        for (int i = 0; i < parts.getCount(); i++) {
            var part = parts.getBodyPart(i);
            if (part.isMimeType("message/delivery-status")) return failure(part);
        }
        return Optional.empty();
    }

    /** A part has groups of headers, separated by empty lines: one about the mail, and one about each recipient. */
    private static Optional<Failure> failure(BodyPart status) throws MessagingException, IOException {
        try (InputStream groups = status.getInputStream()) {
            for (int i = 0; i < MAX_GROUPS && groups.available() > 0; i++) {
                var group = new InternetHeaders(groups);
                var action = header(group, "Action").toLowerCase(Locale.ROOT);
                var code = header(group, "Status");
                if (action.equals("failed") && code.startsWith("5."))
                    return Optional.of(new Failure(code, header(group, "Diagnostic-Code")));
            }
            return Optional.empty();
        }
    }

    private static String header(InternetHeaders group, String name) {
        var value = group.getHeader(name, null);
        return value == null ? "" : value.replaceAll("\\s+", " ").strip();
    }
}
