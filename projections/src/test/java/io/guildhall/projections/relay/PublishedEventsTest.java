package io.guildhall.projections.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import io.cloudevents.jackson.JsonFormat;
import io.guildhall.journal.JournalSerializer;
import io.guildhall.journal.Names;
import io.guildhall.kernel.Aggregate;
import io.guildhall.kernel.Correlation;
import io.guildhall.projections.Recorded;
import io.guildhall.projections.relay.PublishedEvents.Source;
import io.guildhall.projections.store.ReadDatabase;
import io.guildhall.projections.view.webhook.SqlWebhookDeliveries;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The published events of each golden file of the journal equal the golden files of published events, and conform to
 * their schemas.
 */
class PublishedEventsTest {
    private static final Path JOURNAL = Path.of("../core-actors/src/test/resources/journal");
    private static final Path GOLDEN = Path.of("src/test/resources/published");
    private static final Path SCHEMAS = Path.of("src/main/resources/schemas");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant AT = Instant.parse("2026-11-01T10:15:30.123Z");

    private static final JournalSerializer JOURNAL_SERIALIZER = new JournalSerializer();

    static List<Path> journalFiles() {
        return files(JOURNAL);
    }

    static List<Path> schemaFiles() {
        return files(SCHEMAS);
    }

    static List<Class<?>> publishedTypes() {
        return Names.members(PublishedEvent.class).toList();
    }

    private static List<Path> files(Path folder) {
        try (var files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String name(Class<?> type) {
        return type.getAnnotation(PublishedName.class).value();
    }

    private static JsonNode read(Path file) {
        try {
            return JSON.readTree(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The CloudEvents that are published of the event in a golden file of the journal. */
    private static List<JsonNode> published(Path journalFile) {
        var name = journalFile.getFileName().toString().replaceFirst("(\\+[a-z-]+)?\\.json$", "");
        var source = PublishedEvents.SOURCES.stream()
                .filter(it -> it.aggregate().name().equals(name.substring(0, name.indexOf('.'))))
                .findFirst()
                .orElseThrow();
        try {
            return published(
                    source,
                    JOURNAL_SERIALIZER.fromBinary(
                            Files.readString(journalFile).strip().getBytes(UTF_8), name));
        } catch (NotSerializableException e) {
            throw new AssertionError(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static <E> List<JsonNode> published(Source<E> source, Object event) {
        var recorded = new Recorded<>(
                entityId(source.aggregate().name()),
                7,
                source.aggregate().events().cast(event),
                AT,
                new Correlation("written-by-a-person"));
        return source.all(recorded).stream()
                .map(it -> tree(CloudEventJson.write(it, recorded)))
                .toList();
    }

    private static String entityId(String kind) {
        return switch (kind) {
            // Derived from the e-mail address.
            case "account" -> "5f16f4c7f149ac4f9510d9cf8cf384038ad348b3bcdc01915f95de12df9d1b02";
            case "profile", "saved-searches", "payout-account" -> "acc_entity";
            case "handle" -> "ann";
            default -> kind.substring(0, 3) + "_entity";
        };
    }

    private static JsonNode tree(byte[] json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void decidesAboutEveryAggregate() {
        assertThat(PublishedEvents.SOURCES.stream().<Aggregate<?, ?, ?, ?>>map(Source::aggregate))
                .containsExactlyInAnyOrderElementsOf(Names.AGGREGATES);
    }

    @ParameterizedTest
    @MethodSource("journalFiles")
    void publishesGoldenFile(Path journalFile) {
        var golden = GOLDEN.resolve(journalFile.getFileName());
        var expected = Files.exists(golden) ? read(golden) : JSON.createArrayNode();
        assertThat((JsonNode) JSON.createArrayNode().addAll(published(journalFile)))
                .as("golden file %s; one that exists is never changed", golden)
                .isEqualTo(expected);
    }

    /** The exceptions are of events whose golden file is about another case. */
    @Test
    void everyKindThatWebhooksCanReceiveIsPublished() {
        var published = journalFiles().stream()
                .flatMap(it -> published(it).stream())
                .map(it -> it.at("/data/kind").asText())
                .collect(Collectors.toSet());
        assertThat(new SqlWebhookDeliveries(new ReadDatabase(new PGSimpleDataSource(), 1)).kinds())
                .filteredOn(it -> !published.contains(it))
                .as("the first has no event")
                .containsExactly(
                        "MESSAGE_RECEIVED",
                        "MONEY_DECIDED",
                        "REFUND_AGREED_BY_SILENCE",
                        "REFUND_OFFERED",
                        "REFUND_SILENCE_WARNING");
    }

    @Test
    void everyGoldenFileBelongsToAnEvent() {
        assertThat(files(GOLDEN).stream().map(Path::getFileName))
                .isSubsetOf(journalFiles().stream().map(Path::getFileName).toList());
    }

    @Test
    void everyPublishedTypeHasAGoldenFileAndASchema() {
        var inGoldenFiles = files(GOLDEN).stream()
                .flatMap(it -> Stream.of(read(it)).flatMap(PublishedEventsTest::elements))
                .map(it -> it.path("type").asText())
                .collect(toSet());
        assertThat(inGoldenFiles)
                .isEqualTo(publishedTypes().stream()
                        .map(it -> "io.guildhall." + name(it) + ".v1")
                        .collect(toSet()));
        assertThat(schemaFiles().stream().map(it -> it.getFileName().toString()))
                .containsExactlyInAnyOrderElementsOf(publishedTypes().stream()
                        .map(it -> name(it) + ".v1.json")
                        .toList());
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        var elements = new ArrayList<JsonNode>();
        array.forEach(elements::add);
        return elements.stream();
    }

    @ParameterizedTest
    @MethodSource("publishedTypes")
    void schemaHasTheComponentsOfTheRecord(Class<?> type) {
        var name = name(type);
        assertThat(read(SCHEMAS.resolve(name + ".v1.json")))
                .as("schema of %s", name)
                .isEqualTo(SchemaOfRecord.schema(name, type));
    }

    @ParameterizedTest
    @MethodSource("journalFiles")
    void isValidByItsSchemaAndByCloudEvents(Path journalFile) {
        for (var event : published(journalFile)) {
            var name = event.path("type").asText().replaceAll("^io\\.guildhall\\.|\\.v1$", "");
            var config = SchemaValidatorsConfig.builder()
                    .formatAssertionsEnabled(true)
                    .build();
            var schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                    .getSchema(read(SCHEMAS.resolve(name + ".v1.json")), config);
            assertThat(schema.validate(event.path("data"))).as(event.toString()).isEmpty();
            var read = new JsonFormat().deserialize(event.toString().getBytes(UTF_8));
            assertThat(read.getSpecVersion()).isEqualTo(io.cloudevents.SpecVersion.V1);
            assertThat(read.getId()).isNotBlank();
            assertThat(read.getDataSchema()).hasToString("urn:guildhall:schema:" + name + ":v1");
            assertThat(read.getExtension("partitionkey")).isEqualTo(read.getSubject());
        }
    }

    @Test
    void idsAreUnique() {
        var ids = journalFiles().stream()
                .collect(toMap(
                        it -> it,
                        it -> published(it).stream()
                                .map(event -> event.path("id").asText())
                                .toList()));
        ids.forEach((file, of) -> assertThat(of).as(file.toString()).doesNotHaveDuplicates());
    }

    /** Text that a person writes has no pattern, no format and no list of constants. */
    @ParameterizedTest
    @MethodSource("schemaFiles")
    void schemaHasNoTextExceptPublicNames(Path schemaFile) {
        requireNoText(read(schemaFile).path("properties"), SchemaOfRecord.PUBLIC_NAMES);
    }

    private static void requireNoText(JsonNode properties, Set<String> except) {
        for (var property : (Iterable<Map.Entry<String, JsonNode>>) properties.properties()) {
            var schema = property.getValue().has("items") ? property.getValue().path("items") : property.getValue();
            requireNoText(schema.path("properties"), except);
            if (!schema.path("type").asText().equals("string")) continue;
            assertThat(schema.has("pattern") || schema.has("enum") || schema.has("format"))
                    .as("%s is an id, a code, a time or one of %s", property.getKey(), except)
                    .isNotEqualTo(except.contains(property.getKey()));
        }
    }

    /** Every text that a person has written in the golden files of the journal, as far as it is not a public name. */
    @ParameterizedTest
    @MethodSource("journalFiles")
    void publishesNoPersonalData(Path journalFile) {
        var journal = texts(read(journalFile));
        journal.removeIf(it -> it.matches(SchemaOfRecord.ID) || it.matches("[A-Z_]+") || it.length() < 3);
        for (var event : published(journalFile)) {
            assertThat(event.toString()).doesNotContain("written-by-a-person", "@", entityId("account"));
            var data = (com.fasterxml.jackson.databind.node.ObjectNode) event.path("data");
            data.remove(SchemaOfRecord.PUBLIC_NAMES);
            data.remove("expiresAt");
            assertThat(texts(data)).doesNotContainAnyElementsOf(journal);
        }
    }

    private static List<String> texts(JsonNode node) {
        var texts = new ArrayList<String>();
        if (node.isTextual()) texts.add(node.asText());
        for (var child : node) texts.addAll(texts(child));
        return texts;
    }
}
