package io.guildhall.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.jsontype.NamedType;
import io.guildhall.domain.handle.Handle;
import io.guildhall.kernel.JournalName;
import io.guildhall.kernel.Journalled;
import java.io.NotSerializableException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class JournalSerializerTest {
    final JournalSerializer serializer = new JournalSerializer();

    static Stream<String> eventNames() {
        return Names.events().map(NamedType::getName);
    }

    /** What production has on disk: files are added, never edited. One for each name, and NAME+WHAT for what was added to it later. */
    static Stream<Arguments> golden() throws Exception {
        var folder = Path.of(JournalSerializerTest.class.getResource("/journal").toURI());
        try (var files = Files.list(folder)) {
            var read = new ArrayList<Arguments>();
            for (var file : files.sorted().toList())
                read.add(arguments(
                        file.getFileName().toString().replaceFirst("(\\+[a-z-]+)?\\.json$", ""),
                        Files.readString(file).strip()));
            return read.stream();
        }
    }

    @ParameterizedTest
    @MethodSource("golden")
    void whatWasOnceWrittenIsStillRead(String name, String written) throws Exception {
        Object event = serializer.fromBinary(written.getBytes(UTF_8), name);
        assertEquals(name, serializer.manifest(event));
        assertEquals(written, new String(serializer.toBinary(event), UTF_8));
    }

    /** The golden files are also the list of all names there ever were: one that is renamed or removed is missed here. */
    @Test
    void noNameIsEverTakenAway() throws Exception {
        var written = golden().map(it -> (String) it.get()[0]).collect(toCollection(TreeSet::new));
        assertEquals(
                written,
                eventNames().collect(toCollection(TreeSet::new)),
                "a new event needs a golden file: write down what it looks like today");
    }

    /** An older node reads what a newer one wrote. */
    @ParameterizedTest
    @MethodSource("golden")
    void aPropertyFromTheFutureIsPassedOver(String name, String today) throws Exception {
        var tomorrow = today.replaceFirst("\\{", "{\"fromTheFuture\":{\"a\":[1]},");
        var read = serializer.fromBinary(tomorrow.getBytes(UTF_8), name);
        assertEquals(today, new String(serializer.toBinary(read), UTF_8));
    }

    /** A cached state of another version is recomputed from the events, never read with components missing. */
    @Test
    void rejectsSnapshotWithUnknownProperty() {
        var state = new Handle.Taken("acc_1");
        var today = new String(serializer.toBinary(state), UTF_8);
        var other = today.replaceFirst("\\{", "{\"renamed\":1,");
        assertThrows(
                NotSerializableException.class,
                () -> serializer.fromBinary(other.getBytes(UTF_8), serializer.manifest(state)));
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
        assertThat(e).hasMessageStartingWith("not a job.posted: ");
    }
}
