package io.guildhall.projections.notify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.domain.contract.HeldMoney.SettlementDecision;
import io.guildhall.domain.contract.SilencePeriod;
import io.guildhall.journal.JournalSerializer;
import io.guildhall.kernel.Correlation;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.notify.NotificationMatrix.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The table of the README says of each kind who is notified, and on which channels unless the recipient chooses otherwise. */
class NotificationTableTest {
    private static final Path README = Path.of("README.md");
    private static final Path JOURNAL = Path.of("../core-actors/src/test/resources/journal");
    private static final String CLIENT = "acc_01kb2m3n4p0000000000000001";
    private static final String FREELANCER = "acc_01kb2m3n4p0000000000000002";
    private static final Pattern PARTY =
            Pattern.compile("(\"(?:by|accountId|authorId|subjectId)\":\")(" + CLIENT + "|" + FREELANCER + ")\"");
    private static final Instant AT = Instant.parse("2026-11-01T10:00:00Z");
    private static final JournalSerializer SERIALIZER = new JournalSerializer();

    @Test
    void tableOfTheReadmeIsTheMatrix() throws IOException {
        var recipients = recipients();
        var table = Arrays.stream(NotificationKind.values())
                .map(it -> row(it, recipients.getOrDefault(it, Set.of())))
                .toList();
        assertThat(Files.readAllLines(README).stream()
                        .filter(it -> it.matches("\\| `[A-Z_]+` \\|[^|]*\\|[^|]*\\|[^|]*\\|"))
                        .toList())
                .isEqualTo(table);
    }

    private static String row(NotificationKind kind, Set<String> recipients) {
        // No event causes it.
        var notified = kind == NotificationKind.MESSAGE_RECEIVED ? "other members" : String.join(", ", recipients);
        return Arrays.asList("`" + kind + "`", notified, kind.isInAppOptional() ? "yes" : "always", email(kind))
                .stream()
                .collect(joining(" | ", "| ", " |"));
    }

    private static String email(NotificationKind kind) {
        return switch (kind.defaultEmail()) {
            case AT_ONCE -> kind.isEmailOptional() ? "yes" : "always";
            case DAILY -> "daily summary";
            case WEEKLY -> "weekly summary";
            case NEVER -> kind.isEmailOptional() ? "no" : "never";
        };
    }

    /** Who is notified by the golden files of the journal, and by variants of them. */
    private static Map<NotificationKind, Set<String>> recipients() throws IOException {
        var recipients = new EnumMap<NotificationKind, Set<String>>(NotificationKind.class);
        try (var files = Files.list(JOURNAL)) {
            for (var file : files.toList())
                for (var json : variants(Files.readString(file).strip()))
                    for (var it : notifications(file.getFileName().toString(), json))
                        recipients
                                .computeIfAbsent(it.kind(), _ -> new TreeSet<>())
                                .add(role(it.recipientId()));
        }
        return recipients;
    }

    private static String role(String accountId) {
        return switch (accountId) {
            case CLIENT -> "client";
            case FREELANCER -> "freelancer";
            default -> "the account";
        };
    }

    /** The same event, caused by the other party, and with each method of a decision and kind of a silence period. */
    private static Set<String> variants(String json) {
        var variants = new HashSet<String>();
        for (var party : List.of(json, ofOtherParty(json)))
            for (var method : SettlementDecision.Method.values())
                for (var silence : SilencePeriod.Kind.values())
                    variants.add(party.replaceFirst("\"method\":\"[A-Z]+\"", "\"method\":\"" + method + "\"")
                            .replaceFirst("\"kind\":\"(ACCEPTANCE|REFUND)\"", "\"kind\":\"" + silence + "\""));
        return variants;
    }

    private static String ofOtherParty(String json) {
        return PARTY.matcher(json)
                .replaceAll(it -> it.group(1) + (it.group(2).equals(CLIENT) ? FREELANCER : CLIENT) + "\"");
    }

    private static List<Notification> notifications(String file, String json) throws IOException {
        var name = file.replaceFirst("(\\+[a-z-]+)?\\.json$", "");
        var event = SERIALIZER.fromBinary(json.getBytes(UTF_8), name);
        return NotificationMatrix.SOURCES.stream()
                .filter(it -> it.aggregate().events().isInstance(event))
                .flatMap(it -> notifications(it, event).stream())
                .toList();
    }

    private static <E> List<Notification> notifications(Source<E> source, Object event) {
        var typed = source.aggregate().events().cast(event);
        return source.notifications().apply(new Recorded<>("acc_entity", 7, typed, AT, Correlation.NONE));
    }
}
