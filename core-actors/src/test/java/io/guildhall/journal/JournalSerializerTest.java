package io.guildhall.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.jsontype.NamedType;
import io.guildhall.kernel.JournalName;
import io.guildhall.kernel.Journalled;
import java.io.NotSerializableException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JournalSerializerTest {
    final JournalSerializer serializer = new JournalSerializer();

    static Stream<String> eventNames() {
        return Names.events().map(NamedType::getName);
    }

    static byte[] golden(String name) throws Exception {
        try (var file = JournalSerializerTest.class.getResourceAsStream("/journal/" + name + ".json")) {
            assertNotNull(file, () -> "no golden file for " + name + ": write down what it looks like today");
            return file.readAllBytes();
        }
    }

    /** The files are what production has on disk: they are added to, never edited. */
    @ParameterizedTest
    @MethodSource("eventNames")
    void whatWasOnceWrittenIsStillRead(String name) throws Exception {
        Object event = serializer.fromBinary(golden(name), name);
        assertEquals(name, serializer.manifest(event));
        assertEquals(new String(golden(name), UTF_8).strip(), new String(serializer.toBinary(event), UTF_8));
    }

    /** The golden files are also the list of all names there ever were: one that is renamed or removed is missed here. */
    @Test
    void noNameIsEverTakenAway() throws Exception {
        var folder = Path.of(getClass().getResource("/journal").toURI());
        try (var files = Files.list(folder)) {
            var written = files.map(it -> it.getFileName().toString().replaceFirst("\\.json$", ""))
                    .collect(toCollection(TreeSet::new));
            assertEquals(written, eventNames().collect(toCollection(TreeSet::new)));
        }
    }

    /** An older node reads what a newer one wrote. */
    @ParameterizedTest
    @MethodSource("eventNames")
    void aPropertyFromTheFutureIsPassedOver(String name) throws Exception {
        var today = new String(golden(name), UTF_8).strip();
        var tomorrow = today.replaceFirst("\\{", "{\"fromTheFuture\":{\"a\":[1]},");
        var read = serializer.fromBinary(tomorrow.getBytes(UTF_8), name);
        assertEquals(today, new String(serializer.toBinary(read), UTF_8));
    }

    @Test
    void everyNameIsChosenAndUsedOnce() {
        var events = Names.AGGREGATES.stream()
                .flatMap(it -> Names.members(it.events()))
                .toList();
        for (var event : events) {
            assertTrue(event.isAnnotationPresent(JournalName.class), () -> event + " has no name in the journal");
            assertTrue(event.isRecord(), () -> event + " is no record");
        }
        List<String> names = Stream.concat(Names.events(), Names.states())
                .map(NamedType::getName)
                .toList();
        assertEquals(names.size(), names.stream().distinct().count(), () -> "used twice among " + names);
    }

    @Test
    void everyNameBetweenNodesIsUsedOnce() {
        var names = Names.wire().map(NamedType::getName).toList();
        assertEquals(names.size(), names.stream().distinct().count(), () -> "used twice among " + names);
    }

    @Test
    void anEventIsNamedAfterItsAggregate() {
        for (var aggregate : Names.AGGREGATES)
            Names.members(aggregate.events())
                    .map(it -> it.getAnnotation(JournalName.class).value())
                    .forEach(it -> assertTrue(it.matches(aggregate.name() + "\\.[a-z]+(-[a-z]+)*"), it));
    }

    @Test
    void everyFamilyIsBoundToTheJournal() {
        for (var aggregate : Names.AGGREGATES) {
            assertTrue(Journalled.class.isAssignableFrom(aggregate.events()), aggregate.name());
            assertTrue(Journalled.class.isAssignableFrom(aggregate.states()), aggregate.name());
        }
    }

    @Test
    void anUnknownNameIsRefusedByName() {
        var e = assertThrows(
                NotSerializableException.class, () -> serializer.fromBinary("{}".getBytes(UTF_8), "job.lost"));
        assertEquals("no class is known under the name 'job.lost'", e.getMessage());
    }

    @Test
    void whatIsNoEventIsRefusedByName() {
        var e = assertThrows(
                NotSerializableException.class, () -> serializer.fromBinary("[1]".getBytes(UTF_8), "job.posted"));
        assertTrue(e.getMessage().startsWith("not a job.posted: "), e.getMessage());
    }
}
