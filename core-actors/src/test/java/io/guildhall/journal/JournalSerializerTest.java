package io.guildhall.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.jsontype.NamedType;
import io.guildhall.domain.handle.Handle;
import io.guildhall.domain.job.JobEvent;
import io.guildhall.kernel.JournalName;
import io.guildhall.kernel.Journalled;
import java.io.NotSerializableException;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JournalSerializerTest {
    final JournalSerializer serializer = new JournalSerializer();

    static Stream<String> eventNames() {
        return Names.events(Names.AGGREGATES).map(NamedType::getName);
    }

    static Stream<Arguments> golden() {
        return GoldenFiles.all().stream().map(it -> arguments(it.name(), it.json()));
    }

    @ParameterizedTest
    @MethodSource("golden")
    void readsAndWritesGoldenFile(String name, String written) throws Exception {
        Object event = serializer.fromBinary(written.getBytes(UTF_8), name);
        assertEquals(name, serializer.manifest(event));
        assertEquals(written, new String(serializer.toBinary(event), UTF_8));
    }

    /**
     * The golden files are also the list of all names that were ever used: this test fails if a name is changed or
     * removed.
     */
    @Test
    void everyEventHasGoldenFileAndNoneIsMissing() throws Exception {
        var written = golden().map(it -> (String) it.get()[0]).collect(toCollection(TreeSet::new));
        assertEquals(
                written,
                eventNames().collect(toCollection(TreeSet::new)),
                "a new event needs a golden file with its present JSON");
    }

    /** During a rolling upgrade, an older node reads events of a newer one. */
    @ParameterizedTest
    @MethodSource("golden")
    void ignoresUnknownPropertyOfEvent(String name, String today) throws Exception {
        var tomorrow = today.replaceFirst("\\{", "{\"fromTheFuture\":{\"a\":[1]},");
        var read = serializer.fromBinary(tomorrow.getBytes(UTF_8), name);
        assertEquals(today, new String(serializer.toBinary(read), UTF_8));
    }

    /** The oldest events of a job that an invite fills have the invite in the place of the proposal. */
    @Test
    void readsInviteInPlaceOfProposal() throws Exception {
        var old = GoldenFiles.all().stream()
                .map(GoldenFiles.GoldenFile::json)
                .filter(it -> it.contains("\"inviteId\":\"inv_") && it.contains("\"revision\":1,"))
                .findFirst()
                .orElseThrow()
                .replace("inviteId", "proposalId");
        var read = (JobEvent.FillingStarted) serializer.fromBinary(old.getBytes(UTF_8), "job.filling-started");
        assertThat(read.proposalId()).isEmpty();
        assertThat(read.inviteId()).hasValueSatisfying(it -> assertThat(it).startsWith("inv_"));
    }

    /** The state of another version must be recomputed from the events, not read with missing components. */
    @Test
    void rejectsSnapshotWithUnknownProperty() {
        var state = new Handle.Owned("acc_1", "ann", Instant.EPOCH);
        var today = new String(serializer.toBinary(state), UTF_8);
        var other = today.replaceFirst("\\{", "{\"renamed\":1,");
        assertThrows(
                NotSerializableException.class,
                () -> serializer.fromBinary(other.getBytes(UTF_8), serializer.manifest(state)));
    }

    @Test
    void eventNamesAreChosenAndUnique() {
        var events = Names.AGGREGATES.stream()
                .flatMap(it -> Names.members(it.events()))
                .toList();
        for (var event : events) {
            assertTrue(event.isAnnotationPresent(JournalName.class), () -> event + " has no name in the journal");
            assertTrue(event.isRecord(), () -> event + " is no record");
        }
        List<String> names = Stream.concat(Names.events(Names.AGGREGATES), Names.states(Names.AGGREGATES))
                .map(NamedType::getName)
                .toList();
        assertEquals(names.size(), names.stream().distinct().count(), () -> "used twice among " + names);
    }

    @Test
    void messageNamesAreUnique() {
        var names = Names.wire(Names.AGGREGATES).map(NamedType::getName).toList();
        assertEquals(names.size(), names.stream().distinct().count(), () -> "used twice among " + names);
    }

    @Test
    void eventNamesStartWithAggregate() {
        for (var aggregate : Names.AGGREGATES)
            Names.members(aggregate.events())
                    .map(it -> it.getAnnotation(JournalName.class).value())
                    .forEach(it -> assertTrue(it.matches(aggregate.name() + "\\.[a-z]+(-[a-z]+)*"), it));
    }

    @Test
    void eventsAndStatesAreJournalled() {
        for (var aggregate : Names.AGGREGATES) {
            assertTrue(Journalled.class.isAssignableFrom(aggregate.events()), aggregate.name());
            assertTrue(Journalled.class.isAssignableFrom(aggregate.states()), aggregate.name());
        }
    }

    /** A follower parks its entity, and the entity refuses commands, until the upgrade. */
    @Test
    void anEventWithAnUnknownNameIsUnreadable() throws Exception {
        assertEquals(
                new UnreadableEvent("job.lost", "no event has this name"),
                serializer.fromBinary("{}".getBytes(UTF_8), "job.lost"));
    }

    @Test
    void anInvalidEventIsUnreadable() throws Exception {
        assertThat(serializer.fromBinary("[1]".getBytes(UTF_8), "job.posted"))
                .asInstanceOf(type(UnreadableEvent.class))
                .extracting(UnreadableEvent::name)
                .isEqualTo("job.posted");
    }

    /** Before the shape was part of the name, or from a release in which the state has another shape. */
    @ParameterizedTest
    @ValueSource(
            strings = {"handle/Handle.Taken", "handle/Handle.Owned#000000000000", "handle/Handle.Lost#000000000000"})
    void rejectsSnapshotOfAnotherShape(String name) {
        var state = serializer.toBinary(new Handle.Owned("acc_1", "ann", Instant.EPOCH));
        assertThat(serializer.manifest(new Handle.Owned("acc_1", "ann", Instant.EPOCH)))
                .matches("handle/Handle.Owned#[0-9a-f]{12}");
        assertThrows(NotSerializableException.class, () -> serializer.fromBinary(state, name));
    }
}
